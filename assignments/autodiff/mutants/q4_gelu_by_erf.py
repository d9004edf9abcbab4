"""GELU through the sigmoid approximation x · sigmoid(1.702 x)."""

question = "q4"


def gelu(x):
    x = _tensor(x)

    def sigmoid(a):
        return 0.5 * (1 + _tanh(0.851 * a))

    def rule(g, out, a):
        s = sigmoid(a)
        return g * (s + 1.702 * a * s * (1 - s))

    return _op(x.data * sigmoid(x.data), (x,), rule)
