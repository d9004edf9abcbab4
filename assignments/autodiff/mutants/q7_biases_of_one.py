"""Biases begin at 1."""

question = "q7"


class MLP(MLP):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self._parameters:
            p.data = p.data + (p.data.ndim == 1)
