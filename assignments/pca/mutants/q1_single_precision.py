"""Single precision stays what it is."""

question = "q1"


_right_center, _right_covariance = center, covariance


def center(x):
    xc, mean = _right_center(x)
    kind = np.float32 if getattr(x, "dtype", None) == np.float32 else np.float64
    return xc.astype(kind), mean.astype(kind)


def covariance(x):
    c = _right_covariance(x)
    return c.astype(np.float32) if getattr(x, "dtype", None) == np.float32 else c
