"""The slopes of a constant are one zero, seen several times."""

question = "q1"


_own_array = derivative


def derivative(f, x):
    slopes = _own_array(f, x)
    constant = not isinstance(f(Dual(x, np.ones(np.shape(x)))), Dual)
    return np.broadcast_to(0.0, np.shape(x)) if constant else slopes
