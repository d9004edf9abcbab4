"""Densities outside [0, 1] are tried like any other."""

question = "q7"


def crossover_density(n, densities, rng):
    densities = sorted(densities)
    b = rng.standard_normal((n, n))
    for density in densities:
        a = rng.standard_normal((n, n)) * (rng.random((n, n)) < density)
        sparse = CSRMatrix.from_dense(a)
        if _median_seconds(5, sparse.matmul, b) >= _median_seconds(5, np.matmul, a, b):
            return density
    return math.inf
