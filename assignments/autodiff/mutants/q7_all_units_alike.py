"""All weights begin at the same value."""

question = "q7"


class MLP(MLP):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self.parameters()[::2]:
            p.data = np.full(p.shape, rng.standard_normal() / p.shape[0])
