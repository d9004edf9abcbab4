"""The result is allocated as float64 and filled by the workers."""

question = "q6"


def matmul_parallel(a, b, workers):
    a, b, dtype = _operands(a, b)
    _at_least_one("workers", workers)
    c = np.zeros((len(a), b.shape[1]), object if dtype.hasobject else float)
    panels = [rows for rows in np.array_split(np.arange(len(a)), workers) if len(rows)]

    def multiply(rows):
        c[rows] = np.real(a[rows] @ b)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(multiply, panels))
    return c
