"""The Jacobian is always a matrix."""

question = "q8"


_shaped = jacobian


def jacobian(f, x):
    return _shaped(f, x).reshape(-1, np.size(x))
