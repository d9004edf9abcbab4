"""No deflation: of equal eigenvalues only one is found."""

question = "q3"


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    return _smallest_beside(np.empty((n, 0)), matvec, k, rng, tol)[:2]
