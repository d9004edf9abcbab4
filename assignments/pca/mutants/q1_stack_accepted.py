"""A stack of tables is flattened to one."""

question = "q1"


_right_covariance = covariance


def covariance(x):
    x = np.asarray(x, dtype=float)
    return _right_covariance(x.reshape(-1, x.shape[-1]) if x.ndim > 2 else x)
