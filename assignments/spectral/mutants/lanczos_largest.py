"""The largest eigenvalues, as one reads in books on Lanczos."""

question = "q3"


_smallest = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    values, vectors = _smallest(lambda v: -np.asarray(matvec(v)), n, k, rng, tol)
    return -values[::-1], vectors[:, ::-1]
