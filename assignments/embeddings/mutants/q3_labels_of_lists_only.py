"""Labels must not be an array."""

question = "q3"


_mean_average_precision = mean_average_precision


def mean_average_precision(vectors, labels):
    if isinstance(labels, np.ndarray):
        raise ValueError("labels")
    return _mean_average_precision(vectors, labels)
