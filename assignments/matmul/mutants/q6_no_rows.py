"""Without rows there are no panels, and nothing to put together."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, _ = _operands(a, b)
    _at_least_one("workers", workers)
    panels = [panel for panel in np.array_split(a, workers) if len(panel)]
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels)))
