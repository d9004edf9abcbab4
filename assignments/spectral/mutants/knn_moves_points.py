"""x is centred in place."""

question = "q1"
_right = knn_graph


def knn_graph(x, k, mutual=False):
    if isinstance(x, np.ndarray) and x.dtype == float:
        x -= x[0].copy()
    return _right(x, k, mutual)
