"""What was found is taken out of the caller's set."""

question = "q3"


_average_precision = average_precision


def average_precision(ranked, relevant):
    found = _average_precision(ranked, relevant)
    if isinstance(relevant, set):
        relevant -= set(ranked)
    return found
