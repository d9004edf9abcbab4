"""Weights below 1e-12 count as no edge."""

question = "q9"


_pagerank = pagerank


def pagerank(weights, damping=0.85, tol=1e-10):
    w = np.array(weights, dtype=float)
    w[(w > 0) & (w < 1e-12)] = 0
    return _pagerank(w, damping, tol)
