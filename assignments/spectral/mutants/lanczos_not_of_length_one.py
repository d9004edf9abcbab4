"""The vectors are scaled so that their largest entry is 1."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    values, vectors = _right(matvec, n, k, rng, tol)
    return values, vectors / np.abs(vectors).max(axis=0)
