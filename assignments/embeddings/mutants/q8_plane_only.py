"""Two coordinates only."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    if y.shape[1] != 2:
        raise ValueError("y must have two columns")
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y)
