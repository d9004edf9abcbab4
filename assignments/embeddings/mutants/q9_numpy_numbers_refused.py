"""The number of the source has to be Python's own int."""

question = "q9"


_distances = distances


def distances(lengths, source):
    if not isinstance(source, int):
        raise ValueError("source")
    return _distances(lengths, source)
