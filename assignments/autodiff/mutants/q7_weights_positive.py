"""Weights are never negative."""

question = "q7"


class MLP(MLP):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self._parameters:
            p.data = abs(p.data)
