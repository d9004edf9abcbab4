"""The residual is compared with tol itself: small matrices are never looked at."""

question = "q3"
_right = lanczos


def lanczos(matvec, n, k, rng, tol=1e-10):
    v = rng.standard_normal(n) if n >= 1 else np.ones(1)
    size = np.linalg.norm(matvec(v / np.linalg.norm(v))) if n >= 1 and 1 <= k <= n else 1.0
    return _right(matvec, n, k, rng, tol / min(max(size, 1e-9), 1.0) if tol > 0 else tol)
