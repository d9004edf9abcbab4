"""0 · ln 0 is NaN."""

question = "q8"


def tsne_gradient(p, y):
    p = _square(p, "p")
    y = _points(y, len(p))
    w = _student(y)
    off = ~np.eye(len(p), dtype=bool)
    q = w / w.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        kl = float((p[off] * np.log(p[off] / q[off])).sum())
    return kl, _forces(p, w, y)
