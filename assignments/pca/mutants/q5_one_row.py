"""A single row is accepted."""

question = "q5"


_right_randomized = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    x = np.asarray(x, dtype=float)
    twice = np.vstack([x, x]) if x.ndim == 2 and len(x) == 1 else x
    return _right_randomized(twice, k, oversample, power_iterations, rng)
