"""All n² distances at once."""

question = "q1"


def knn_graph(x, k, mutual=False):
    x = _points(x)
    n = len(x)
    _in_range("k", k, 1, n - 1)
    squared = ((x[:, None] - x) ** 2).sum(axis=2) if n < 1000 else _squared_distances(x, x)
    np.fill_diagonal(squared, np.inf)
    near = np.argsort(squared, axis=1, kind="stable")[:, :k]
    rows = np.repeat(np.arange(n), k)
    graph = sp.csr_array((np.ones(n * k), (rows, near.ravel())), shape=(n, n))
    return sp.csr_array(graph.multiply(graph.T)) if mutual else graph.maximum(graph.T)
