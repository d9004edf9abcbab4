"""Lengths below 1e-12 count as no edge."""

question = "q9"


_distances = distances


def distances(lengths, source):
    w = np.array(lengths, dtype=float)
    w[(w > 0) & (w < 1e-12)] = 0
    return _distances(w, source)
