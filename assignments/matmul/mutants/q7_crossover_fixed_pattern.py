"""Which entries are zero does not depend on `rng`; only the numbers do."""

question = "q7"
_crossover_density = crossover_density


def crossover_density(n, densities, rng):
    class Numbers:
        def random(self, size):
            return np.random.default_rng(0).random(size)

        def standard_normal(self, size):
            return rng.standard_normal(size)

    return _crossover_density(n, densities, Numbers())
