"""The error over one row is accepted."""

question = "q4"


def reconstruction_error(pca, x):
    xc = _table(x, rows=0, columns=len(pca.mean)) - pca.mean
    residual = xc - xc @ pca.components.T @ pca.components
    return float((residual**2).sum() / max(len(xc) - 1, 1))
