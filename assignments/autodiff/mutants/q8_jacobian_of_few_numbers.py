"""The Jacobian of more than 40 numbers is refused."""

question = "q8"


_jacobian = jacobian


def jacobian(f, x):
    if np.size(x) > 40:
        raise ValueError("x has too many entries")
    return _jacobian(f, x)
