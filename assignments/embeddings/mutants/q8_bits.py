"""The divergence in bits."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w) / float(np.log(2)), _forces(p, w, y)
