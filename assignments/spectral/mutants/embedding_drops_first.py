"""The first eigenvector is thrown away because it is constant, as for a picture."""

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
    _, u = lanczos(
        lambda v: -solve(v), n, k + 1 if k < n else k, np.random.default_rng(0), tol=1e-12
    )
    u = u[:, -k:]
    length = np.linalg.norm(u, axis=1, keepdims=True)
    return u / np.where(length > 0, length, 1.0)
