"""Two edges at most."""

question = "q9"


def distances(lengths, source):
    edges = _network(lengths, source=source)
    edges = np.where(edges > 0, edges, np.inf)
    np.fill_diagonal(edges, 0.0)
    return (edges[source][:, None] + edges).min(axis=0)
