"""β = 0 is not noticed: what is left of rounding is blown up to a unit vector."""

question = "q3"


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    size = min(n, 400)
    q = np.zeros((n, size))
    t = np.zeros((size, size))
    v = rng.standard_normal(n)
    q[:, 0] = v / np.linalg.norm(v)
    for j in range(size):
        w = np.array(matvec(q[:, j]), dtype=float)
        h = q[:, : j + 1].T @ w
        w -= q[:, : j + 1] @ h
        t[: j + 1, j] = h
        if j + 1 < size:
            q[:, j + 1] = w / np.linalg.norm(w)
    theta, s = np.linalg.eigh(t, UPLO="U")
    return theta[:k], q @ s[:, :k]
