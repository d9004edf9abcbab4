"""Lanczos on the Laplacian itself: right, and forty times slower."""

question = "q5"


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    _in_range("k", k, 1, matrix.shape[0])
    chance = np.random.default_rng(0)
    _, u = lanczos(lambda v: matrix @ v, matrix.shape[0], k, chance, tol=1e-12)
    length = np.linalg.norm(u, axis=1, keepdims=True)
    return u / np.where(length > 0, length, 1.0)
