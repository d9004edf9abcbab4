"""Making the matrix sparse is part of the time."""

question = "q7"


def crossover_density(n, densities, rng):
    densities = sorted(densities)
    if any(not 0 <= density <= 1 for density in densities):
        raise ValueError("densities must lie in [0, 1]")
    b = rng.standard_normal((n, n))
    for density in densities:
        a = rng.standard_normal((n, n)) * (rng.random((n, n)) < density)
        whole = _median_seconds(5, lambda a=a: CSRMatrix.from_dense(a).matmul(b))
        if whole >= _median_seconds(5, np.matmul, a, b):
            return density
    return math.inf
