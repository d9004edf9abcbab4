"""A step of n // workers = 0 rows, when there are more workers than rows."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, dtype = _operands(a, b)
    _at_least_one("workers", workers)
    if not len(a):
        return np.zeros((0, b.shape[1]), dtype)
    step = len(a) // workers
    edges = [*range(0, step * workers, step), len(a)]
    with ThreadPoolExecutor(workers) as pool:
        panels = pool.map(lambda s, e: a[s:e] @ b, edges[:-1], edges[1:])
        return np.concatenate(list(panels))
