"""A generator of its own without a seed."""

question = "q5"


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    if affinity == "knn":
        w = knn_graph(x, neighbors)
    elif affinity == "rbf":
        w = rbf_affinity(x, gamma)
    elif affinity == "cosine":
        w = cosine_affinity(x)
    elif affinity == "precomputed":
        w = x
    else:
        raise ValueError(f"affinity must be knn, rbf, cosine or precomputed, not {affinity!r}")
    labels, _, _ = kmeans(spectral_embedding(w, k), k, np.random.default_rng(), n_init)
    return labels
