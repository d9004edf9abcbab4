"""Every point knows itself."""

question = "q1"
_right = cosine_affinity


def cosine_affinity(x):
    w = _right(x)
    known = np.linalg.norm(np.asarray(x, dtype=float), axis=1) > 0
    return w + np.diag(known * 1.0)
