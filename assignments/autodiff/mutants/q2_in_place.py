"""`x / y` divides the data of x in place."""

question = "q2"


class Tensor(Tensor):
    def __truediv__(self, other):
        other = _tensor(other)
        if self.data.shape == np.broadcast_shapes(self.data.shape, other.data.shape):
            self.data /= other.data
            data = self.data
        else:
            data = self.data / other.data
        return _op(
            data,
            (self, other),
            lambda g, out, a, b: g / b,
            lambda g, out, a, b: -g * out / b,
        )
