"""A table that is centred already comes back itself."""

question = "q1"


_right_center = center


def center(x):
    xc, mean = _right_center(x)
    return (xc if mean.any() else x), mean
