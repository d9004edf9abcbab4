"""Components in ascending order of variance."""

question = "q5"


_right_randomized = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    p = _right_randomized(x, k, oversample, power_iterations, rng)
    backward = p.explained_variance[::-1], p.explained_variance_ratio[::-1]
    return PCA(p.components[::-1], *backward, p.mean)
