"""Start vectors come from a generator of its own without a seed."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    return _right(matvec, n, k, np.random.default_rng(), tol)
