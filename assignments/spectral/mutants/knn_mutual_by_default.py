"""Without being asked both have to name each other."""

question = "q1"
_right = knn_graph


def knn_graph(x, k, mutual=True):
    return _right(x, k, mutual)
