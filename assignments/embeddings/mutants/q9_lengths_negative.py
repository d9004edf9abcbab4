"""Negative lengths are accepted."""

question = "q9"


def distances(lengths, source):
    return _dijkstra(_network(np.maximum(lengths, 0), source=source), source)[0]
