"""A power by way of the logarithm: NaN for negative numbers."""

question = "q1"


class Dual(Dual):
    def __pow__(self, exponent):
        return (self.log() * exponent).exp()
