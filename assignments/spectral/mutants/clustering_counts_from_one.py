"""Labels are 1 … k."""

question = "q5"
_right = spectral_clustering


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    return _right(x, k, rng, affinity, neighbors, gamma, n_init) + 1
