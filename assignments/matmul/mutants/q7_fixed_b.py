"""The second matrix of a pair is the same for every `rng`."""

question = "q7"


_benchmark = benchmark


class _Half:
    def __init__(self, rng):
        self.first, self.second = rng, np.random.default_rng(0)

    def standard_normal(self, shape):
        self.first, self.second = self.second, self.first
        return self.second.standard_normal(shape)


def benchmark(functions, sizes, repeats, rng):
    return _benchmark(functions, sizes, repeats, _Half(rng))
