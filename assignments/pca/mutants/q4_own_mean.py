"""transform centres new rows by their own mean."""

question = "q4"


def transform(pca, x):
    x = _table(x, rows=0, columns=len(pca.mean))
    return (x - x.mean(axis=0)) @ pca.components.T
