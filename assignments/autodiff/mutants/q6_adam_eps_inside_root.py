"""Adam adds eps under the root."""

question = "q6"


class Adam(Adam):
    def direction(self, g, state):
        state["t"] = t = state.get("t", 0) + 1
        state["m"] = _average(state.get("m", 0.0), g, self.beta1)
        state["s"] = _average(state.get("s", 0.0), g * g, self.beta2)
        m, s = state["m"] / (1 - self.beta1**t), state["s"] / (1 - self.beta2**t)
        return m / np.sqrt(s + self.eps)
