"""Edges are walked backwards."""

question = "q9"


def shortest_path(lengths, source, target):
    distance, before = _dijkstra(_network(lengths, source=source, target=target).T, source)
    if np.isinf(distance[target]):
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(before[path[-1]]))
    return path[::-1]
