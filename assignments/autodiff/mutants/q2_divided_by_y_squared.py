"""The gradient of x in x / y is 1 / y²."""

question = "q2"


class Tensor(Tensor):
    def __truediv__(self, other):
        other = _tensor(other)
        return _op(
            self.data / other.data,
            (self, other),
            lambda g, out, a, b: g / (b * b),
            lambda g, out, a, b: -g * out / b,
        )
