"""Ranked items must not be an array."""

question = "q3"


_average_precision = average_precision


def average_precision(ranked, relevant):
    if isinstance(ranked, np.ndarray):
        raise ValueError("ranked")
    return _average_precision(ranked, relevant)
