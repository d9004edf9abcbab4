"""AdaGrad adds eps under the root."""

question = "q6"


class AdaGrad(AdaGrad):
    def direction(self, g, state):
        state["s"] = state.get("s", 0.0) + g * g
        return g / np.sqrt(state["s"] + self.eps)
