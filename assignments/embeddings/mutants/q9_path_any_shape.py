"""Any table is accepted."""

question = "q9"


def shortest_path(lengths, source, target):
    lengths = np.atleast_2d(np.asarray(lengths, dtype=np.float64))
    lengths = lengths[: min(lengths.shape), : min(lengths.shape)]
    distance, before = _dijkstra(_network(lengths, source=source, target=target), source)
    if np.isinf(distance[target]):
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(before[path[-1]]))
    return path[::-1]
