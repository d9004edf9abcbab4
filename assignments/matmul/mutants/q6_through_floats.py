"""Integers are multiplied as floats, which NumPy's library does faster."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, dtype = _operands(a, b)
    _at_least_one("workers", workers)
    if dtype.kind in "iu":
        a = a.astype(float)
    panels = np.array_split(a, min(workers, max(len(a), 1)))
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels))).astype(dtype)
