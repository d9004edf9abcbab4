"""Edges have the distance as their weight."""

question = "q1"
_right = knn_graph


def knn_graph(x, k, mutual=False):
    graph = sp.csr_array(_right(x, k, mutual))
    x = np.asarray(x, dtype=float)
    rows, columns = graph.nonzero()
    graph.data = np.linalg.norm(x[rows] - x[columns], axis=1)
    return graph
