"""The error over a table with other columns uses those that fit."""

question = "q4"


_right_error = reconstruction_error


def reconstruction_error(pca, x):
    x = np.asarray(x, dtype=float)
    d = len(pca.mean)
    if x.ndim == 2 and x.shape[1] > d:
        x = x[:, :d]
    return _right_error(pca, x)
