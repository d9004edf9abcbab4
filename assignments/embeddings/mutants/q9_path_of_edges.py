"""Pairs instead of vertices."""

question = "q9"


def shortest_path(lengths, source, target):
    distance, before = _dijkstra(_network(lengths, source=source, target=target), source)
    if np.isinf(distance[target]):
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(before[path[-1]]))
    path = path[::-1]
    return [path[i : i + 2] for i in range(len(path) - 1)] or path
