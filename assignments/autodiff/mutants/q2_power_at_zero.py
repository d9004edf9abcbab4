"""x ** 0 has the slope 0 · 0⁻¹, not a number at 0."""

question = "q2"


class Tensor(Tensor):
    def __pow__(self, exponent):
        return _op(
            self.data**exponent,
            (self,),
            lambda g, out, a: g * (exponent * a ** float(exponent - 1)),
        )
