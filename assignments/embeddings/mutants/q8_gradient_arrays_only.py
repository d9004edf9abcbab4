"""Lists are refused."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    if isinstance(y, list):
        raise TypeError("y")
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y)
