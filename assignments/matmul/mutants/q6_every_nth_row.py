"""Worker w takes rows w, w + workers, …, and the panels are stacked as they are."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, _ = _operands(a, b)
    _at_least_one("workers", workers)
    workers = min(workers, max(len(a), 1))
    with ThreadPoolExecutor(workers) as pool:
        panels = [a[w::workers] for w in range(workers)]
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels)))
