"""The result is kept for the next call of that shape: old results change."""

question = "q6"


_kept = {}


def matmul_parallel(a, b, workers):
    a, b, dtype = _operands(a, b)
    _at_least_one("workers", workers)
    c = _kept.setdefault((len(a), b.shape[1], dtype.str), np.empty((len(a), b.shape[1]), dtype))
    panels = np.array_split(np.arange(len(a)), min(workers, max(len(a), 1)))

    def fill(rows):
        c[rows] = a[rows] @ b

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(fill, panels))
    return c
