"""The quotient rule divides by y instead of y²."""

question = "q1"


class Dual(Dual):
    def __truediv__(self, other):
        other = self._of(other)
        value = self.value / other.value
        tangent = self.tangent * other.value - self.value * other.tangent
        return Dual(value, tangent / other.value)
