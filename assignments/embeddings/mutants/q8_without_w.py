"""The gradient of SNE, without w."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w), 4 * ((p - w / w.sum())[:, :, None] * (y[:, None] - y)).sum(axis=1)
