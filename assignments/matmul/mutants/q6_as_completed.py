"""Panels are put together in the order in which they are finished."""

question = "q6"


def matmul_parallel(a, b, workers):
    from concurrent.futures import as_completed

    a, b, _ = _operands(a, b)
    _at_least_one("workers", workers)
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(lambda panel=p: panel @ b) for p in np.array_split(a, workers)]
        return np.concatenate([future.result() for future in as_completed(futures)])
