"""The smallest time instead of the median."""

question = "q7"


def benchmark(functions, sizes, repeats, rng):
    _at_least_one("repeats", repeats)
    if not hasattr(functions, "items"):
        functions = {f.__name__: f for f in functions}
    rows = []
    for n in sizes:
        a, b = rng.standard_normal((n, n)), rng.standard_normal((n, n))
        numpy_seconds = _time(repeats, np.matmul, a, b)
        for name, function in functions.items():
            seconds = _time(repeats, function, a, b)
            rows.append(
                Row(name, n, seconds, 2 * n**3 / max(seconds, 1e-9) / 1e9, seconds / numpy_seconds)
            )
    return rows


def _time(repeats, function, a, b):
    function(a, b)
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        function(a, b)
        seconds.append(time.perf_counter() - start)
    return float(np.min(seconds))
