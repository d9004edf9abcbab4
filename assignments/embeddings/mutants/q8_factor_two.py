"""2 in the place of 4."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y) / 2
