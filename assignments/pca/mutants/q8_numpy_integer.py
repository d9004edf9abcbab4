"""The number is NumPy's, not Python's."""

question = "q8"


_right_components = components_for


def components_for(ratio, threshold):
    return np.int64(_right_components(ratio, threshold))
