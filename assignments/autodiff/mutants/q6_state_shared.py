"""All parameters share one velocity."""

question = "q6"


class Momentum(Momentum):
    def direction(self, g, state):
        self._v = _average(np.sum(getattr(self, "_v", 0.0)), g, self.beta)
        return self._v
