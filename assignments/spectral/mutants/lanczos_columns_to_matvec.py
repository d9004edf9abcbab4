"""matvec is given columns of shape (n, 1)."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    return _right(lambda v: np.ravel(matvec(v[:, None])), n, k, rng, tol)
