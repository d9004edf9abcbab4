"""The width of the layer above is under the root."""

question = "q7"


class MLP(MLP):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self._parameters:
            p.data = p.data * (p.shape[0] / p.shape[-1]) ** 0.5
