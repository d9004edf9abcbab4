"""y is centred where it is."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    if isinstance(y, np.ndarray):
        y -= y.mean(axis=0)
    y = _points(y, len(p))
    w = _student(y)
    return _divergence(p, w), _forces(p, w, y)
