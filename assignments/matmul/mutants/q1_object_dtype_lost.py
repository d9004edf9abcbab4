"""Entries of any type give the dtype that NumPy finds for the results."""

question = "q1"


_matmul_naive = matmul_naive


def matmul_naive(a, b):
    c = _matmul_naive(a, b)
    return np.array(c.tolist()).reshape(c.shape) if c.dtype == object else c
