"""Stacks of matrices are multiplied, as `@` does."""

question = "q4"


_two_axes = matmul_strassen


def matmul_strassen(a, b, leaf=64):
    if np.ndim(a) > 2 or np.ndim(b) > 2:
        _at_least_one("leaf", leaf)
        return np.asarray(a) @ np.asarray(b)
    return _two_axes(a, b, leaf)
