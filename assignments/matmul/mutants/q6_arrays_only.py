"""Lists have no shape: only arrays are understood."""

question = "q6"


def matmul_parallel(a, b, workers):
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("a and b must be 2-D and fit")
    _at_least_one("workers", workers)
    panels = np.array_split(a, min(workers, max(len(a), 1)))
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels)))
