"""The way with the fewest edges."""

question = "q9"


def distances(lengths, source):
    lengths = _network(lengths, source=source)
    found = np.full(len(lengths), np.inf)
    found[source], level = 0.0, [source]
    while level:
        later = []
        for i in level:
            for j in np.flatnonzero(lengths[i]).tolist():
                if np.isinf(found[j]):
                    found[j] = found[i] + lengths[i, j]
                    later.append(j)
        level = later
    return found
