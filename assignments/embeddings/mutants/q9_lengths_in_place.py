"""Lengths of 0 become infinite in the table of the caller."""

question = "q9"


def distances(lengths, source):
    lengths = _network(lengths, source=source)
    lengths[lengths == 0] = np.inf
    return _dijkstra(lengths, source)[0]
