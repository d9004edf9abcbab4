"""`array - x` has the gradient of `x - array`."""

question = "q2"


class Tensor(Tensor):
    def __rsub__(self, other):
        other = _tensor(other)
        data = other.data - self.data
        return _op(data, (other, self), lambda g, out, a, b: g, lambda g, out, a, b: g)
