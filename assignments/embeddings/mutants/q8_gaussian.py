"""A bell curve on the map."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = np.exp(1 - 1 / np.maximum(_student(y), 1e-12))
    w = np.maximum(w, 1e-300) * (1 - np.eye(len(y)))
    return _divergence(p, w), _forces(p, w, y)
