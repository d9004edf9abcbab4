"""The velocity is the first gradient itself, which is then averaged in place."""

question = "q6"


class Momentum(Momentum):
    def direction(self, g, state):
        if "v" not in state:
            g *= 1 - self.beta
            state["v"] = g
            return g.copy()
        state["v"] = _average(state["v"], g, self.beta)
        return state["v"]
