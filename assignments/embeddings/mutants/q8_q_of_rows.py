"""Each row of q sums to 1."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    q = w / w.sum(axis=1, keepdims=True) / len(w)
    there = p > 0
    f = (p - q) * w
    gradient = 4 * (f.sum(axis=1, keepdims=True) * y - f @ y)
    return float((p[there] * np.log(p[there] / q[there])).sum()), gradient
