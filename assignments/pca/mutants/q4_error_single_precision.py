"""The residual is computed in single precision."""

question = "q4"


_double_error = reconstruction_error


def reconstruction_error(pca, x):
    return _double_error(pca, np.asarray(x, dtype=np.float32))
