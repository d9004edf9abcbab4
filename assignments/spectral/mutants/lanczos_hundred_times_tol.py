"""A residual of a hundred times tol · |A| is good enough."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    return _right(matvec, n, k, rng, 100 * tol)
