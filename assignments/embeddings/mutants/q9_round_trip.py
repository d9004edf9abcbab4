"""The source has the length of the shortest round trip."""

question = "q9"


def distances(lengths, source):
    lengths = _network(lengths, source=source)
    found = _dijkstra(lengths, source)[0]
    back = np.where(lengths[:, source] > 0, found + lengths[:, source], np.inf)
    found[source] = back.min() if len(back) > 1 else 0.0
    return found
