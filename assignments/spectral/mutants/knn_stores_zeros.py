"""Of edges that one names the zeros are stored in a mutual graph."""

question = "q1"
_right = knn_graph


def knn_graph(x, k, mutual=False):
    if not mutual:
        return _right(x, k)
    graph, either = _right(x, k, True), _right(x, k)
    both = either.copy()
    both.data = np.asarray([graph[i, j] for i, j in zip(*either.nonzero())])
    return both
