"""y may be a vector."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(np.asarray(y).reshape(len(y), -1), len(p))
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y)
