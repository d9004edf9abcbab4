"""A negative number of power iterations is taken for 0."""

question = "q5"


_right_randomized = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    return _right_randomized(x, k, oversample, max(power_iterations, 0), rng)
