"""inverse_transform takes the scores that fit and ignores the others."""

question = "q4"


_right_inverse = inverse_transform


def inverse_transform(pca, z):
    z = np.asarray(z, dtype=float)
    k = len(pca.components)
    if z.ndim == 2 and z.shape[1] > k:
        z = z[:, :k]
    return _right_inverse(pca, z)
