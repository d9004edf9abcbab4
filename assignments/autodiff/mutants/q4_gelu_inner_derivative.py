"""The derivative of what is inside the tanh of GELU is forgotten."""

question = "q4"


def gelu(x):
    x, k = _tensor(x), np.sqrt(2 / np.pi)

    def inner(a):
        return k * (a + 0.044715 * (a * a * a))

    def rule(g, out, a):
        t = _tanh(inner(a))
        return g * (0.5 * (1 + t) + 0.5 * a * (1 - t * t))

    return _op(0.5 * x.data * (1 + np.tanh(inner(x.data))), (x,), rule)
