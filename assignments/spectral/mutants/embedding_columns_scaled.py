"""Columns are scaled to length 1, which they had, and not rows."""

question = "q5"


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    _in_range("k", k, 1, n)
    if sp.issparse(matrix):
        shifted = (matrix + SHIFT * sp.eye_array(n)).tocsc()
        solve = splu(shifted, permc_spec="MMD_AT_PLUS_A").solve
    else:
        solve = np.linalg.inv(matrix + SHIFT * np.eye(n)).__matmul__
    _, u = lanczos(lambda v: -solve(v), n, k, np.random.default_rng(0), tol=1e-12)
    return u / np.linalg.norm(u, axis=0)
