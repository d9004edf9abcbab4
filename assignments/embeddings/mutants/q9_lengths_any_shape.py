"""Any table is accepted."""

question = "q9"


def distances(lengths, source):
    lengths = np.atleast_2d(np.asarray(lengths, dtype=np.float64))
    lengths = lengths[: min(lengths.shape), : min(lengths.shape)]
    return _dijkstra(_network(lengths, source=source), source)[0]
