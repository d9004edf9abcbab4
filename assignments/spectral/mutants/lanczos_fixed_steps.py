"""So many steps and no more, whether it has converged or not."""

question = "q3"


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    values, vectors = np.empty(0), np.empty((n, 0))
    while len(values) < n:
        c = len(values)
        size = min(n - c, 2 * k + 40)
        q = np.hstack([vectors, np.zeros((n, size))])
        t = np.zeros((size, size))
        q[:, c] = _fresh(vectors, rng)
        for j in range(size):
            span = q[:, : c + j + 1]
            w = np.array(matvec(q[:, c + j]), dtype=float)
            for _ in range(2):
                h = span.T @ w
                w -= span @ h
                t[: j + 1, j] += h[c:]
            if j + 1 < size:
                beta = np.linalg.norm(w)
                small = beta <= 1e-14 * np.abs(t).max()
                q[:, c + j + 1] = _fresh(span, rng) if small else w / beta
        theta, s = np.linalg.eigh(t, UPLO="U")
        wanted = max(k - c, 1)
        if c >= k and theta[0] >= values[k - 1] - 1e-10 * np.abs(theta).max():
            break
        values = np.append(values, theta[:wanted])
        vectors = np.hstack([vectors, q[:, c:] @ s[:, :wanted]])
        order = np.argsort(values)
        values, vectors = values[order], vectors[:, order]
    return values[:k], vectors[:, :k]
