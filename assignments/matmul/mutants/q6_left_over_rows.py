"""n // workers rows each: the rows that are left over are lost."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, dtype = _operands(a, b)
    _at_least_one("workers", workers)
    workers = min(workers, max(len(a), 1))
    size = len(a) // workers
    c = np.zeros((len(a), b.shape[1]), dtype)

    def multiply(w):
        c[w * size : (w + 1) * size] = a[w * size : (w + 1) * size] @ b

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(multiply, range(workers)))
    return c
