"""The number of edges."""

question = "q9"


def distances(lengths, source):
    return _dijkstra((_network(lengths, source=source) > 0) * 1.0, source)[0]
