"""A zero vector is divided by its length: NaN."""

question = "q1"


def cosine_affinity(x):
    x = _points(x)
    with np.errstate(invalid="ignore"):
        unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    w = np.clip(unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(w, 0.0)
    return w
