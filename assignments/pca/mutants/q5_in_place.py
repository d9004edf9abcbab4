"""The caller's table is centred in place."""

question = "q5"


_right_randomized = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    p = _right_randomized(x, k, oversample, power_iterations, rng)
    if isinstance(x, np.ndarray) and x.dtype == np.float64:
        x -= p.mean
    return p
