"""Every row has a thread of its own, whatever `workers` says."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, _ = _operands(a, b)
    _at_least_one("workers", workers)
    panels = np.array_split(a, max(len(a), 1))
    with ThreadPoolExecutor(len(panels)) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels)))
