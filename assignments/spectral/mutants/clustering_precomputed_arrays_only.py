"""Weights have to be an array."""

question = "q5"


_spectral_clustering = spectral_clustering


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    if affinity == "precomputed" and x.shape[0] != x.shape[1]:
        raise ValueError("x must be square")
    return _spectral_clustering(x, k, rng, affinity, neighbors, gamma, n_init)
