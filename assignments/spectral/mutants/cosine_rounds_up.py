"""Cosines are not clipped from above: rounding leaves 1.0000000000000002."""

question = "q1"


def cosine_affinity(x):
    x = _points(x)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    unit = x / np.where(length > 0, length, 1.0)
    w = np.maximum(unit @ unit.T, 0.0) * (1 + 4e-16)
    np.fill_diagonal(w, 0.0)
    return w
