"""A value of float32 stays float32."""

question = "q1"


class Dual(Dual):
    def __init__(self, value, tangent):
        super().__init__(value, tangent)
        if np.asarray(value).dtype == np.float32:
            self.value = np.asarray(value)
            self.tangent = np.asarray(self.tangent, dtype=np.float32)


def derivative(f, x):
    x = np.asarray(x)
    x = x if x.dtype == np.float32 else x.astype(np.float64)
    y = f(Dual(x, np.ones(x.shape))) + np.zeros(x.shape)
    return np.array(Dual._of(y).tangent).astype(x.dtype)[()]
