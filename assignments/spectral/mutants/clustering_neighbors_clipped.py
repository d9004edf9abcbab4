"""neighbors that are too many become n - 1."""

question = "q5"
_right = spectral_clustering


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    n = x.shape[0]
    return _right(x, k, rng, affinity, min(neighbors, n - 1), gamma, n_init)
