"""Broadcasting is undone by summing leading axes; axes of length 1 are forgotten."""

question = "q2"


def _leading(g, shape):
    while len(g.shape) > len(shape):
        g = g.sum(axis=0)
    return g if g.shape == shape else g[tuple(slice(0, n) for n in shape)]


class Tensor(Tensor):
    def __add__(self, other):
        other = _tensor(other)
        return _op(
            self.data + other.data,
            (self, other),
            lambda g, out, a, b: _leading(g, a.shape),
            lambda g, out, a, b: _leading(g, b.shape),
        )

    __radd__ = __add__
