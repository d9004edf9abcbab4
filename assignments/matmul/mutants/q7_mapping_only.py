"""Only a mapping is understood."""

question = "q7"


_benchmark = benchmark


def benchmark(functions, sizes, repeats, rng):
    return _benchmark(dict(functions.items()), sizes, repeats, rng)
