"""The smallest eigenvectors of the scaled affinity, as if it were the Laplacian."""

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
    sound = values > 1e-10 * values[-1]
    g = c @ (vectors[:, sound] / np.sqrt(values[sound]))
    degree = g @ g.sum(axis=0)
    g = g / np.sqrt(np.maximum(degree, 1e-12))[:, None]
    values, vectors = np.linalg.eigh(g.T @ g)
    r = min(k, len(values))
    u = np.zeros((len(x), k))
    u[:, :r] = g @ (vectors[:, :r] / np.sqrt(np.maximum(values[:r], 1e-12)))
    length = np.linalg.norm(u, axis=1, keepdims=True)
    u[length[:, 0] == 0, 0] = 1.0
    return u / np.where(length > 0, length, 1.0)
