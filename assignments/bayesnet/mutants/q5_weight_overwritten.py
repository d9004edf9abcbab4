"""The weight is that of the last piece of evidence, not the product of all."""

question = "q5"


def likelihood_weighting(net, query, evidence, n, rng):
    _at_least(1, n=n)
    known, card = _indices(net, evidence), len(net.states[_known(net, query)])
    columns, _ = _weighted_samples(net, known, n, rng)
    weights = np.ones(n)
    for v in net.cpts:
        if v in known:
            index = tuple(columns[u] for u in (*net.parents[v], v))
            weights = net.cpts[v][index]
    return _normalized(np.bincount(columns[query], weights, minlength=card), "evidence")
