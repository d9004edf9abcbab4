"""RMSProp adds eps under the root."""

question = "q6"


class RMSProp(RMSProp):
    def direction(self, g, state):
        state["s"] = _average(state.get("s", 0.0), g * g, self.beta)
        return g / np.sqrt(state["s"] + self.eps)
