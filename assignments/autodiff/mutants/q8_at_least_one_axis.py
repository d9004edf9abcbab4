"""A single number is treated as an array of one axis."""

question = "q8"
_right = jacobian


def jacobian(f, x):
    return _right(f, np.atleast_1d(x))
