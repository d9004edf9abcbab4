"""relu after the last layer too."""

question = "q7"


class MLP(MLP):
    def __call__(self, x):
        x = super().__call__(x)
        positive = x.data > 0
        return _op(np.maximum(x.data, 0.0), (x,), lambda g, out, a: g * positive)
