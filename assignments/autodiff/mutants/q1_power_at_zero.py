"""`x ** 0` has slope 0 · 0⁻¹ = NaN at 0."""

question = "q1"


class Dual(Dual):
    def __pow__(self, exponent):
        slope = exponent * self.value ** float(exponent - 1)
        return Dual(self.value**exponent, slope * self.tangent)
