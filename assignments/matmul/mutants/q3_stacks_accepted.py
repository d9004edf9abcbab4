"""Stacks of matrices are multiplied, as `@` does."""

question = "q3"


_two_axes = matmul_blocked


def matmul_blocked(a, b, block=64):
    if np.ndim(a) > 2 or np.ndim(b) > 2:
        _at_least_one("block", block)
        return np.asarray(a) @ np.asarray(b)
    return _two_axes(a, b, block)
