"""The probabilities of the evidence are added instead of multiplied."""

question = "q5"


def likelihood_weighting(net, query, evidence, n, rng):
    _at_least(1, n=n)
    known, card = _indices(net, evidence), len(net.states[_known(net, query)])
    columns, product = _weighted_samples(net, known, n, rng)
    if not product.any():
        raise ValueError("impossible evidence")
    weights = np.zeros(n)
    for v in known:
        weights = weights + net.cpts[v][tuple(columns[u] for u in (*net.parents[v], v))]
    weights = weights if known else np.ones(n)
    return _normalized(np.bincount(columns[query], weights, minlength=card), "evidence")
