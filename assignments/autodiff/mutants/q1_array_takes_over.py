"""NumPy takes `array + x` apart entry by entry and returns an array of Duals."""

question = "q1"


class Dual(Dual):
    __array_ufunc__ = np.ndarray.__array_ufunc__
    __array_priority__ = -1

    def __array__(self, dtype=None, copy=None):
        return np.array(self.value, dtype=dtype)
