"""A table with one column is stretched by broadcasting."""

question = "q4"


def transform(pca, x):
    return (_table(x, rows=0) - pca.mean) @ pca.components.T
