"""Edges are walked backwards."""

question = "q9"


def distances(lengths, source):
    return _dijkstra(_network(lengths, source=source).T, source)[0]
