"""The norm, not its square."""

question = "q4"


def reconstruction_error(pca, x):
    xc = _table(x, columns=len(pca.mean)) - pca.mean
    residual = xc - xc @ pca.components.T @ pca.components
    return float(np.linalg.norm(residual) / (len(x) - 1))
