"""Stacks of matrices are multiplied, as `@` does."""

question = "q6"


_two_axes = matmul_parallel


def matmul_parallel(a, b, workers):
    if np.ndim(a) > 2 or np.ndim(b) > 2:
        _at_least_one("workers", workers)
        return np.asarray(a) @ np.asarray(b)
    return _two_axes(a, b, workers)
