"""A panel is set to 0 once it has been multiplied."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, dtype = _operands(a, b)
    _at_least_one("workers", workers)

    def work(panel):
        c = panel @ b
        if panel.flags.writeable and not dtype.hasobject:
            panel[:] = 0
        return c

    panels = np.array_split(a, min(workers, max(len(a), 1)))
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(work, panels)))
