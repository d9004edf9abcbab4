"""The right pairs, in descending order."""

question = "q3"


_ascending = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    values, vectors = _ascending(matvec, n, k, rng, tol)
    return values[::-1], vectors[:, ::-1]
