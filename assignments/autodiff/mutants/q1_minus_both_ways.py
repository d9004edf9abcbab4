"""`5 - x` is computed as `x - 5`."""

question = "q1"


class Dual(Dual):
    def __rsub__(self, other):
        return self - other
