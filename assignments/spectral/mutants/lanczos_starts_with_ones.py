"""The start vector is all ones, an eigenvector of every Laplacian; β = 0 ends the search."""

question = "q3"


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    q = [np.ones(n) / np.sqrt(n)]
    for _ in range(min(n, 400)):
        w = np.array(matvec(q[-1]), dtype=float)
        for _ in range(2):
            w -= np.stack(q, axis=1) @ (np.stack(q) @ w)
        beta = np.linalg.norm(w)
        if beta < 1e-10:
            break
        q.append(w / beta)
    q = np.stack(q, axis=1)
    t = q.T @ np.stack([matvec(v) for v in q.T], axis=1)
    theta, s = np.linalg.eigh(t)
    return theta[:k], q @ s[:, :k]
