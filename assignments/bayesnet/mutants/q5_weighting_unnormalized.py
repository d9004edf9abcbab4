"""The weights of the states are divided by n, not by their sum."""

question = "q5"


def likelihood_weighting(net, query, evidence, n, rng):
    _at_least(1, n=n)
    known, card = _indices(net, evidence), len(net.states[_known(net, query)])
    columns, weights = _weighted_samples(net, known, n, rng)
    if not weights.sum() > 0:
        raise ValueError("evidence that no sample agrees with")
    return np.bincount(columns[query], weights, minlength=card) / n
