"""Eigenvalues of K that are lost in rounding are divided by."""

question = "q8"


def nystrom_embedding(x, k, landmarks, gamma, rng):
    x = _points(x)
    _in_range("landmarks", landmarks, 1, len(x))
    _in_range("k", k, 1, landmarks)
    if not gamma > 0:
        raise ValueError(f"gamma must be positive, not {gamma}")
    x = x - x[0]
    chosen = rng.choice(len(x), landmarks, replace=False)
    c = np.exp(-gamma * _squared_distances(x, x[chosen]))
    values, vectors = np.linalg.eigh(c[chosen])
    with np.errstate(invalid="ignore"):
        g = c @ (vectors / np.sqrt(values))
    degree = g @ g.sum(axis=0)
    g = g / np.sqrt(np.maximum(degree, 1e-12))[:, None]
    values, vectors = np.linalg.eigh(g.T @ g)
    r = min(k, len(values))
    u = np.zeros((len(x), k))
    u[:, :r] = g @ (vectors[:, ::-1][:, :r] / np.sqrt(np.maximum(values[::-1][:r], 1e-12)))
    length = np.linalg.norm(u, axis=1, keepdims=True)
    u[length[:, 0] == 0, 0] = 1.0
    return u / np.where(length > 0, length, 1.0)
