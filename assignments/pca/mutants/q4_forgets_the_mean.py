"""transform does not centre."""

question = "q4"


def transform(pca, x):
    return _table(x, rows=0, columns=len(pca.mean)) @ pca.components.T
