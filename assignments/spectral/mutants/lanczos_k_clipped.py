"""A k that is too large becomes n."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    return _right(matvec, n, min(k, n), rng, tol)
