"""The k-th place is read of a row of which only the nearest is in its place."""

question = "q1"


def knn_graph(x, k, mutual=False):
    x = _points(x)
    n = len(x)
    _in_range("k", k, 1, n - 1)
    x = x - x[0]  # a common offset would cost the squared distances their digits
    named = np.empty((n, k), dtype=np.intp)  # row i: whom point i names
    for start in range(0, n, BLOCK):
        own = np.arange(start, min(start + BLOCK, n))
        squared = _squared_distances(x[own], x)  # (block, n)
        squared[own - start, own] = np.inf  # not itself
        for i, row in zip(own, squared):
            near = np.flatnonzero(row <= np.partition(row, 0)[k - 1])  # more than k if tied
            named[i] = near[np.argsort(row[near], kind="stable")[:k]]
    rows = np.repeat(np.arange(n), k)
    graph = sp.csr_array((np.ones(n * k), (rows, named.ravel())), shape=(n, n))
    return sp.csr_array(graph.multiply(graph.T)) if mutual else graph.maximum(graph.T)
