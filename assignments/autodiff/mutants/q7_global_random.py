"""The weights come from the global random state of NumPy."""

question = "q7"


class MLP(MLP):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self.parameters()[::2]:
            p.data = np.random.standard_normal(p.shape) * np.sqrt(2 / p.shape[0])
