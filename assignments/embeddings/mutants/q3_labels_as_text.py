"""Labels are compared as they are written."""

question = "q3"


_mean_average_precision = mean_average_precision


def mean_average_precision(vectors, labels):
    return _mean_average_precision(vectors, [str(x) for x in labels])
