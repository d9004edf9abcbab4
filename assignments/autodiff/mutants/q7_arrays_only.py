"""A Tensor as input is refused."""

question = "q7"


class MLP(MLP):
    def __call__(self, x):
        return super().__call__(Tensor(np.asarray(x, dtype=np.float64)))
