"""The mean distance to the own cluster includes the point itself."""

question = "q6"


def silhouette(x, labels):
    x, codes, sizes = _clusters(x, labels)
    distance = np.linalg.norm(x[:, None] - x, axis=2)
    n = len(x)
    total = distance @ np.eye(len(sizes))[codes]
    own = (np.arange(n), codes)
    a = total[own] / sizes[codes]
    mean = total / sizes
    mean[own] = np.inf
    b = mean.min(axis=1)
    larger = np.maximum(a, b)
    s = np.divide(b - a, larger, out=np.zeros(n), where=(larger > 0) & (sizes[codes] > 1))
    return float(s.mean())
