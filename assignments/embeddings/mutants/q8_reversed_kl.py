"""The divergence of p from q."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    q = w / w.sum()
    both = (p > 0) & (q > 0)
    return float((q[both] * np.log(q[both] / p[both])).sum()), _forces(p, w, y)
