"""Weights that are tiny are taken for 0."""

question = "q5"


_right_weighting = likelihood_weighting


def likelihood_weighting(net, query, evidence, n, rng):
    known = _indices(net, evidence)
    _, weights = _weighted_samples(net, known, max(n, 1), np.random.default_rng(0))
    if np.isclose(weights.sum(), 0):
        raise ValueError("evidence that no sample agrees with")
    return _right_weighting(net, query, evidence, n, rng)
