"""No path uses an edge shorter than 1e-12."""

question = "q9"


_shortest_path = shortest_path


def shortest_path(lengths, source, target):
    w = np.array(lengths, dtype=float)
    w[(w > 0) & (w < 1e-12)] = 0
    return _shortest_path(w, source, target)
