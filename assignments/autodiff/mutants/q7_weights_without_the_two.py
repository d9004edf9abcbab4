"""The 2 that pays for relu is forgotten."""

question = "q7"


class MLP(MLP):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self._parameters:
            p.data = p.data / 2**0.5
