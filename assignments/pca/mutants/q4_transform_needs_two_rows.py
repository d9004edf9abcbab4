"""transform refuses a single row, as if it were a table to learn from."""

question = "q4"


_right_transform = transform


def transform(pca, x):
    return _right_transform(pca, _table(x))
