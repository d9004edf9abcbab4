"""The functions are gone through once for each size."""

question = "q7"


def benchmark(functions, sizes, repeats, rng):
    _at_least_one("repeats", repeats)
    rows = []
    for n in sizes:
        a, b = rng.standard_normal((n, n)), rng.standard_normal((n, n))
        numpy_seconds = _median_seconds(repeats, np.matmul, a, b)
        named = (
            functions.items()
            if hasattr(functions, "items")
            else ((f.__name__, f) for f in functions)
        )
        for name, function in named:
            seconds = _median_seconds(repeats, function, a, b)
            gflops = 2 * n**3 / seconds / 1e9
            rows.append(Row(name, n, seconds, gflops, seconds / numpy_seconds))
    return rows
