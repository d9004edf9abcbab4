"""It stops at a tolerance of 1e-6 whatever is asked."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    if not tol > 0:
        raise ValueError("tol must be positive")
    return _right(matvec, n, k, rng, max(tol, 1e-6))
