"""A point that is alone counts as 1, for a = 0."""

question = "q6"


def silhouette(x, labels):
    x, codes, sizes = _clusters(x, labels)
    distance = np.linalg.norm(x[:, None] - x, axis=2)
    n = len(x)
    total = distance @ np.eye(len(sizes))[codes]
    own = (np.arange(n), codes)
    a = total[own] / np.maximum(sizes[codes] - 1, 1)
    mean = total / sizes
    mean[own] = np.inf
    b = mean.min(axis=1)
    larger = np.maximum(a, b)
    s = np.divide(b - a, larger, out=np.zeros(n), where=larger > 0)
    return float(s.mean())
