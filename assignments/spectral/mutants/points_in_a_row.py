"""A vector is taken for points on a line."""

question = "q1"
_rbf, _cosine, _knn = rbf_affinity, cosine_affinity, knn_graph


def _column(x):
    x = np.asarray(x, dtype=np.float64)
    return x[:, None] if x.ndim == 1 else x


def rbf_affinity(x, gamma):
    return _rbf(_column(x), gamma)


def cosine_affinity(x):
    return _cosine(_column(x))


def knn_graph(x, k, mutual=False):
    return _knn(_column(x), k, mutual)
