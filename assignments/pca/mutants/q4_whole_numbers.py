"""Integers give scores that are rounded to integers."""

question = "q4"


_right_transform = transform


def transform(pca, x):
    z = _right_transform(pca, x)
    kind = np.asarray(x).dtype
    return z.astype(kind) if kind.kind == "i" else z
