"""A vector is taken for one row."""

question = "q4"


_right_transform = transform


def transform(pca, x):
    return _right_transform(pca, np.atleast_2d(x))
