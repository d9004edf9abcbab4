"""The start vector of the solver is another one in each call, and so is the basis."""

question = "q5"
_right = spectral_embedding


def spectral_embedding(w, k):
    u = _right(w, k)
    turn = np.linalg.qr(np.random.default_rng().standard_normal((k, k)))[0]
    return u @ turn
