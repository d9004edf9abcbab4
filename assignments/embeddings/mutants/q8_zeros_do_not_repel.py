"""Pairs with p = 0 do not repel each other."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y) + 4 * (
        ((p == 0) * w**2 / w.sum())[:, :, None] * (y[:, None] - y)
    ).sum(axis=1)
