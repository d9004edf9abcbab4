"""Lists have no mean: only arrays are understood."""

question = "q1"


_right_center, _right_covariance = center, covariance


def center(x):
    x.mean(axis=0)
    return _right_center(x)


def covariance(x):
    x.mean(axis=0)
    return _right_covariance(x)
