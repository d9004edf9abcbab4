"""transform centres the caller's table in place."""

question = "q4"


def transform(pca, x):
    x = _table(x, rows=0, columns=len(pca.mean))
    x -= pca.mean
    return x @ pca.components.T
