"""Integers stay integers, and a negative power of one is refused."""

question = "q1"


class Dual(Dual):
    def __init__(self, value, tangent):
        self.value = np.asarray(value)
        self.tangent = np.broadcast_to(np.asarray(tangent), self.value.shape)


def derivative(f, x):
    x = np.asarray(x)
    y = f(Dual(x, np.ones(x.shape, x.dtype))) + np.zeros(x.shape)
    return np.array(Dual._of(y).tangent)[()]
