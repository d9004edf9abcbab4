"""Lists have no shape: only arrays are understood."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("a and b must be 2-D and fit")
    _at_least_one("leaf", leaf)
    dtype = np.result_type(a, b)
    return _strassen(a.astype(dtype), b.astype(dtype), leaf)
