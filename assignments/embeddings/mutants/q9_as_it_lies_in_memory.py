"""Lengths are taken in the order in which they lie in memory."""

question = "q9"


_distances = distances


def distances(lengths, source):
    x = np.asarray(lengths)
    return _distances(x.ravel(order="K").reshape(x.shape), source)
