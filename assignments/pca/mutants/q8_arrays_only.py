"""Ratios have to be an array."""

question = "q8"


_right_components = components_for


def components_for(ratio, threshold):
    ratio.sum()
    return _right_components(ratio, threshold)
