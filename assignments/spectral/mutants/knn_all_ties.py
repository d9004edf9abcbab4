"""All points as near as the k-th are named, which may be more than k."""

question = "q1"


def knn_graph(x, k, mutual=False):
    x = _points(x)
    n = len(x)
    _in_range("k", k, 1, n - 1)
    named = []
    for start in range(0, n, 200):
        block = np.arange(start, min(start + 200, n))
        squared = np.stack([((x[i] - x) ** 2).sum(axis=1) for i in block])
        squared[block - start, block] = np.inf
        named.append(sp.csr_array(1.0 * (squared <= np.sort(squared, axis=1)[:, [k - 1]])))
    graph = sp.csr_array(sp.vstack(named))
    return sp.csr_array(graph.multiply(graph.T)) if mutual else graph.maximum(graph.T)
