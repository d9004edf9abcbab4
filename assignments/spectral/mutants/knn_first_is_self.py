"""The nearest point found is taken for the point itself and left out."""

question = "q1"


def knn_graph(x, k, mutual=False):
    x = _points(x)
    n = len(x)
    _in_range("k", k, 1, n - 1)
    near = np.empty((n, k), dtype=int)
    for start in range(0, n, 200):
        block = np.arange(start, min(start + 200, n))
        squared = np.stack([((x[i] - x) ** 2).sum(axis=1) for i in block])
        near[block] = np.argsort(squared, axis=1, kind="stable")[:, 1 : k + 1]
    rows = np.repeat(np.arange(n), k)
    graph = sp.csr_array((np.ones(n * k), (rows, near.ravel())), shape=(n, n))
    graph = sp.csr_array(graph.multiply(graph.T)) if mutual else graph.maximum(graph.T)
    return sp.csr_array(graph)
