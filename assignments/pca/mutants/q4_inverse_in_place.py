"""inverse_transform writes into the caller's scores."""

question = "q4"


_right_inverse = inverse_transform


def inverse_transform(pca, z):
    x = _right_inverse(pca, z)
    if isinstance(z, np.ndarray) and z.flags.writeable:
        z[:] = 0
    return x
