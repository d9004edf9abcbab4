"""A vector is taken for a matrix with one row."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, _ = _operands(np.atleast_2d(a), np.atleast_2d(b))
    _at_least_one("workers", workers)
    panels = np.array_split(a, min(workers, max(len(a), 1)))
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels)))
