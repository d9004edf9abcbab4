"""The error is divided by n."""

question = "q4"


def reconstruction_error(pca, x):
    xc = _table(x, columns=len(pca.mean)) - pca.mean
    residual = xc - xc @ pca.components.T @ pca.components
    return float((residual**2).sum() / len(x))
