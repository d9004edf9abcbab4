"""Adam without bias correction."""

question = "q6"


class Adam(Adam):
    def direction(self, g, state):
        state["m"] = _average(state.get("m", 0.0), g, self.beta1)
        state["s"] = _average(state.get("s", 0.0), g * g, self.beta2)
        return state["m"] / (np.sqrt(state["s"]) + self.eps)
