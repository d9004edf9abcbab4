"""The sizes are gone through once for each function."""

question = "q7"


def benchmark(functions, sizes, repeats, rng):
    _at_least_one("repeats", repeats)
    if not hasattr(functions, "items"):
        functions = {function.__name__: function for function in functions}
    pairs, rows = {}, []
    for name, function in functions.items():
        for n in sizes:
            if n not in pairs:
                pairs[n] = rng.standard_normal((n, n)), rng.standard_normal((n, n))
            numpy_seconds = _median_seconds(repeats, np.matmul, *pairs[n])
            seconds = _median_seconds(repeats, function, *pairs[n])
            gflops = 2 * n**3 / seconds / 1e9
            rows.append(Row(name, n, seconds, gflops, seconds / numpy_seconds))
    return rows
