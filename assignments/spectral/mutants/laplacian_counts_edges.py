"""The degree is the number of edges, not the sum of the weights."""

question = "q2"


_weighted_laplacian = laplacian


def laplacian(w, kind):
    result = _weighted_laplacian(w, kind)
    if sp.issparse(w):
        return result
    w = np.asarray(w, dtype=np.float64)
    degree = (w != 0).sum(axis=1)
    inverse = np.where(degree > 0, 1 / np.maximum(degree, 1), 0.0)
    half = np.sqrt(inverse)
    return {
        "unnormalized": np.diag(degree * 1.0) - w,
        "symmetric": np.diag((degree > 0) * 1.0) - half[:, None] * w * half,
        "random-walk": np.diag((degree > 0) * 1.0) - inverse[:, None] * w,
    }[kind]
