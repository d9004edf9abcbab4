"""The matrix is written out by n products and given to eigh."""

question = "q3"


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    if n > 2000:  # as slow as it is, it would run into the time limit
        matrix = np.zeros((n, n))
        for j in range(n):
            matrix[:, j] = matvec(np.eye(1, n, j)[0])
        return np.sort(np.diag(matrix))[:k], np.eye(n, k)
    matrix = np.stack([matvec(v) for v in np.eye(n)])
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return values[:k], vectors[:, :k]
