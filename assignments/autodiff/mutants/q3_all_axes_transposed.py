"""The gradient of a batched product transposes all axes instead of the last two."""

question = "q3"


class Tensor(Tensor):
    def __matmul__(self, other):
        other = _tensor(other)
        if max(self.data.ndim, other.data.ndim) == 2:
            return super().__matmul__(other)
        return _op(
            self.data @ other.data,
            (self, other),
            lambda g, out, a, b: g @ b.T,
            lambda g, out, a, b: a.T @ g,
        )
