"""Smallest in absolute value, as for a Laplacian it makes no difference."""

question = "q3"


_real = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    values, vectors = _real(matvec, n, min(n, 3 * k), rng, tol)
    order = np.sort(np.argsort(np.abs(values))[:k])
    return values[order], vectors[:, order]
