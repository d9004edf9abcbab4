"""An affinity of scikit-learn's is accepted beside the four."""

question = "q5"
_right = spectral_clustering


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    if affinity == "nearest_neighbors":
        affinity = "knn"
    return _right(x, k, rng, affinity, neighbors, gamma, n_init)
