"""One matrix for a whole batch: only the first of the batch reports back."""

question = "q3"


class Tensor(Tensor):
    def __matmul__(self, other):
        other = _tensor(other)

        def first(g, shape):
            while len(g.shape) > len(shape):
                g = g[0]
            return g[tuple(slice(0, n) for n in shape)]

        return _op(
            self.data @ other.data,
            (self, other),
            lambda g, out, a, b: first(g @ b.mT, a.shape),
            lambda g, out, a, b: first(a.mT @ g, b.shape),
        )
