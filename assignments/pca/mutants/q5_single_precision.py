"""Tables of single precision give components of single precision."""

question = "q5"


_double = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    p = _double(x, k, oversample, power_iterations, rng)
    if np.asarray(x).dtype != np.float32:
        return p
    parts = (p.components, p.explained_variance, p.explained_variance_ratio, p.mean)
    return PCA(*(part.astype(np.float32) for part in parts))
