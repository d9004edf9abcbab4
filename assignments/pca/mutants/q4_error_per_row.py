"""One error for each row comes back."""

question = "q4"


def reconstruction_error(pca, x):
    xc = _table(x, columns=len(pca.mean)) - pca.mean
    residual = xc - xc @ pca.components.T @ pca.components
    return (residual**2).sum(axis=1) / (len(residual) - 1)
