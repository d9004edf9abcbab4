"""The three-term recurrence of the books: orthogonality is lost to rounding."""

question = "q3"


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    values, vectors = np.empty(0), np.empty((n, 0))
    while len(values) < k:  # deflation, so that repeated eigenvalues are not the problem
        more, new = _three_terms(matvec, vectors, k - len(values), rng)
        values, vectors = np.append(values, more), np.hstack([vectors, new])
    order = np.argsort(values)
    return values[order], vectors[:, order]


def _three_terms(matvec, known, k, rng):
    n = len(known)
    v = _fresh(known, rng)
    basis, alphas, betas = [v], [], [0.0]
    previous = np.zeros(n)
    for _ in range(min(n - known.shape[1], 200)):
        w = np.array(matvec(v), dtype=float)
        w -= known @ (known.T @ w)
        alphas.append(v @ w)
        w -= alphas[-1] * v + betas[-1] * previous
        betas.append(np.linalg.norm(w))
        if betas[-1] < 1e-12 * max(np.abs(alphas)):
            break
        previous, v = v, w / betas[-1]
        basis.append(v)
    m = len(alphas)
    t = np.diag(alphas) + np.diag(betas[1:m], 1) + np.diag(betas[1:m], -1)
    theta, s = np.linalg.eigh(t)
    k = min(k, m)
    return theta[:k], np.stack(basis[:m], axis=1) @ s[:, :k]
