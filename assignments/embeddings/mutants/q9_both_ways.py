"""Edges lead both ways."""

question = "q9"


def distances(lengths, source):
    lengths = np.asarray(lengths, dtype=np.float64)
    if lengths.ndim == 2 and lengths.shape[0] == lengths.shape[1]:
        back = np.where(
            (lengths == 0) | ((lengths.T > 0) & (lengths.T < lengths)), lengths.T, lengths
        )
        lengths = back
    return _dijkstra(_network(lengths, source=source), source)[0]
