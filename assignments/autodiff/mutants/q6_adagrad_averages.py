"""AdaGrad averages the squares as RMSProp does."""

question = "q6"


class AdaGrad(AdaGrad):
    def direction(self, g, state):
        state["s"] = _average(state.get("s", 0.0), g * g, 0.9)
        return g / (np.sqrt(state["s"]) + self.eps)
