"""A point that no landmark knows has a row of zeros."""

question = "q8"


def nystrom_embedding(x, k, landmarks, gamma, rng):
    x = _points(x)
    _in_range("landmarks", landmarks, 1, len(x))
    _in_range("k", k, 1, landmarks)
    if not gamma > 0:
        raise ValueError(f"gamma must be positive, not {gamma}")
    chosen = rng.choice(len(x), landmarks, replace=False)
    c = np.exp(-gamma * _squared_distances(x - x[0], x[chosen] - x[0]))
    values, vectors = np.linalg.eigh(c[chosen])
    sound = values > 1e-10 * values[-1]
    g = c @ (vectors[:, sound] / np.sqrt(values[sound]))
    g /= np.sqrt(np.maximum(g @ g.sum(axis=0), 1e-12))[:, None]
    values, vectors = np.linalg.eigh(g.T @ g)
    r = min(k, len(values))
    u = np.zeros((len(x), k))
    u[:, :r] = g @ (vectors[:, ::-1][:, :r] / np.sqrt(np.maximum(values[::-1][:r], 1e-12)))
    length = np.linalg.norm(u, axis=1, keepdims=True)
    return u / np.where(length > 0, length, 1.0)
