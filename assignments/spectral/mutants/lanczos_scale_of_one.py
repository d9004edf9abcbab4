"""A direction that is nearly used up is told by an absolute bound."""

question = "q3"


_scaled = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    def product(v):
        w = np.array(matvec(v), dtype=float)
        return np.where(np.abs(w) < 1e-17, 0.0, w)

    return _scaled(product, n, k, rng, tol)
