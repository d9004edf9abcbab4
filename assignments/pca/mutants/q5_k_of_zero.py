"""A k below 1 is taken for 1."""

question = "q5"


_right_randomized = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    return _right_randomized(x, max(k, 1), oversample, power_iterations, rng)
