"""The path with the fewest edges."""

question = "q9"


def shortest_path(lengths, source, target):
    distance, before = _dijkstra(
        (_network(lengths, source=source, target=target) > 0) * 1.0, source
    )
    if np.isinf(distance[target]):
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(before[path[-1]]))
    return path[::-1]
