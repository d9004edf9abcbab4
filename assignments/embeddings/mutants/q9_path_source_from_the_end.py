"""A source of -1 is the last vertex."""

question = "q9"


def shortest_path(lengths, source, target):
    source = source + len(lengths) if source < 0 else source
    distance, before = _dijkstra(_network(lengths, source=source, target=target), source)
    if np.isinf(distance[target]):
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(before[path[-1]]))
    return path[::-1]
