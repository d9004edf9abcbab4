"""The square has the slope of a square and the value of its root."""

question = "q1"


class Dual(Dual):
    def __pow__(self, exponent):
        power = super().__pow__(exponent)
        return Dual(self.value, power.tangent) if exponent == 2 else power
