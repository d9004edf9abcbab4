"""A negative number of workers is taken for one."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, _ = _operands(a, b)
    workers = min(max(workers, 1), max(len(a), 1))
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, np.array_split(a, workers))))
