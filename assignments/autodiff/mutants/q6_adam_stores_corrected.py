"""Adam stores the corrected averages and corrects them again."""

question = "q6"


class Adam(Adam):
    def direction(self, g, state):
        state["t"] = t = state.get("t", 0) + 1
        m = _average(state.get("m", 0.0), g, self.beta1)
        s = _average(state.get("s", 0.0), g * g, self.beta2)
        state["m"], state["s"] = m / (1 - self.beta1**t), s / (1 - self.beta2**t)
        return state["m"] / (np.sqrt(state["s"]) + self.eps)
