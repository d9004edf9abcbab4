"""Checking the densities uses them up."""

question = "q7"


_tried = crossover_density


def crossover_density(n, densities, rng):
    if any(not 0 <= density <= 1 for density in densities):
        raise ValueError("densities must lie in [0, 1]")
    return _tried(n, densities, rng)
