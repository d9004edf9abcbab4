"""[] if both are the same."""

question = "q9"


def shortest_path(lengths, source, target):
    distance, before = _dijkstra(_network(lengths, source=source, target=target), source)
    if np.isinf(distance[target]) or source == target:
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(before[path[-1]]))
    return path[::-1]
