"""The error around the rows' own mean."""

question = "q4"


def reconstruction_error(pca, x):
    x = _table(x, columns=len(pca.mean))
    xc = x - x.mean(axis=0)
    residual = xc - xc @ pca.components.T @ pca.components
    return float((residual**2).sum() / (len(x) - 1))
