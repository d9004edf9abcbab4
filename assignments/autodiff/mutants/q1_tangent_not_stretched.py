"""A sum with a larger constant leaves the tangent in its old shape."""

question = "q1"


class Dual(Dual):
    def __init__(self, value, tangent):
        self.value = np.asarray(value, dtype=np.float64)
        self.tangent = np.asarray(tangent, dtype=np.float64)
        if self.tangent.shape == ():
            self.tangent = np.full(self.value.shape, self.tangent)

    def __add__(self, other):
        if isinstance(other, Dual):
            return Dual(self.value + other.value, self.tangent + other.tangent)
        return Dual(self.value + other, self.tangent)

    __radd__ = __add__
