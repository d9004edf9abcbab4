"""The ranks for float32 weights are float32."""

question = "q9"


_pagerank = pagerank


def pagerank(weights, damping=0.85, tol=1e-10):
    found = _pagerank(weights, damping, tol)
    return found.astype(np.float32) if np.asarray(weights).dtype == np.float32 else found
