"""An estimate from no samples at all is uniform."""

question = "q5"


_right_weighting = likelihood_weighting


def likelihood_weighting(net, query, evidence, n, rng):
    if n < 1:
        card = len(net.states[query])
        return np.full(card, 1 / card)
    return _right_weighting(net, query, evidence, n, rng)
