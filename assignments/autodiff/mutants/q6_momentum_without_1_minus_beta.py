"""Momentum adds the whole gradient to the velocity."""

question = "q6"


class Momentum(Momentum):
    def direction(self, g, state):
        state["v"] = self.beta * state.get("v", 0.0) + g
        return state["v"]
