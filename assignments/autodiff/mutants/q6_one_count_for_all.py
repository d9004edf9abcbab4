"""Adam counts a step for each parameter, so the second one sees t = 2 at once."""

question = "q6"


class Adam(Adam):
    _count = 0

    def direction(self, g, state):
        self._count += 1
        state["t"] = self._count - 1
        return super().direction(g, state)
