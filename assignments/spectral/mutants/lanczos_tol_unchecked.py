"""A tolerance of 0 or below is taken for the default."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    return _right(matvec, n, k, rng, tol if tol > 0 else 1e-10)
