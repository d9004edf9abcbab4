"""Negative cosines stay negative weights."""

question = "q1"


def cosine_affinity(x):
    x = _points(x)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    unit = x / np.where(length > 0, length, 1.0)
    w = unit @ unit.T
    np.fill_diagonal(w, 0.0)
    return w
