"""Evidence about unknown variables is ignored."""

question = "q5"


_right_weighting, _right_gibbs = likelihood_weighting, gibbs


def likelihood_weighting(net, query, evidence, n, rng):
    kept = {v: s for v, s in evidence.items() if v in net.states}
    return _right_weighting(net, query, kept, n, rng)


def gibbs(net, query, evidence, n, burn, rng):
    kept = {v: s for v, s in evidence.items() if v in net.states}
    return _right_gibbs(net, query, kept, n, burn, rng)
