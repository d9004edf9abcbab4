"""A k that is too large becomes n - 1."""

question = "q1"
_right = knn_graph


def knn_graph(x, k, mutual=False):
    return _right(x, min(k, len(_points(x)) - 1), mutual)
