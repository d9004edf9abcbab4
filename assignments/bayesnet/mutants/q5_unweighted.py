"""Samples with the evidence set are counted without weights."""

question = "q5"


def likelihood_weighting(net, query, evidence, n, rng):
    _at_least(1, n=n)
    known, card = _indices(net, evidence), len(net.states[_known(net, query)])
    columns, weights = _weighted_samples(net, known, n, rng)
    if not weights.any():
        raise ValueError("impossible evidence")
    return np.bincount(columns[query], minlength=card) / n
