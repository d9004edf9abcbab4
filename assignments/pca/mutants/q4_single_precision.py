"""Single precision stays what it is."""

question = "q4"


_right_transform, _right_inverse = transform, inverse_transform


def transform(pca, x):
    z = _right_transform(pca, x)
    return z.astype(np.float32) if getattr(x, "dtype", None) == np.float32 else z


def inverse_transform(pca, z):
    x = _right_inverse(pca, z)
    return x.astype(np.float32) if getattr(z, "dtype", None) == np.float32 else x
