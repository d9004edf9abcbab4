"""p may have more columns."""

question = "q8"


def tsne_gradient(p, y):
    p = np.asarray(p, dtype=np.float64)
    p = p if p.shape[0] == p.shape[1] else np.full((len(y), len(y)), 0.1)
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y)
