"""The first entries are ones, the others zeros: nothing is drawn."""

question = "q7"


def crossover_density(n, densities, rng):
    densities = sorted(densities)
    if any(not 0 <= density <= 1 for density in densities):
        raise ValueError("densities must lie in [0, 1]")
    b = rng.standard_normal((n, n))
    for density in densities:
        a = np.zeros((n, n))
        a.flat[: round(density * n * n)] = 1.0
        sparse = CSRMatrix.from_dense(a)
        if _median_seconds(5, sparse.matmul, b) >= _median_seconds(5, np.matmul, a, b):
            return density
    return math.inf
