"""A function that ignores its argument is an error."""

question = "q1"


def derivative(f, x):
    x = np.asarray(x, dtype=np.float64)
    return f(Dual(x, np.ones(x.shape))).tangent[()]
