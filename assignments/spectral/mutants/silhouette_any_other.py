"""b is the mean distance to all points of other clusters."""

question = "q6"


def silhouette(x, labels):
    x, codes, sizes = _clusters(x, labels)
    distance = np.linalg.norm(x[:, None] - x, axis=2)
    n = len(x)
    total = distance @ np.eye(len(sizes))[codes]
    own = (np.arange(n), codes)
    a = total[own] / np.maximum(sizes[codes] - 1, 1)
    b = (total.sum(axis=1) - total[own]) / (n - sizes[codes])
    larger = np.maximum(a, b)
    s = np.divide(b - a, larger, out=np.zeros(n), where=(larger > 0) & (sizes[codes] > 1))
    return float(s.mean())
