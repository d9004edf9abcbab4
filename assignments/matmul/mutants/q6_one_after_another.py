"""Each panel is waited for before the next is given out."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, _ = _operands(a, b)
    _at_least_one("workers", workers)
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(
            [pool.submit(lambda panel=p: panel @ b).result() for p in np.array_split(a, workers)]
        )
