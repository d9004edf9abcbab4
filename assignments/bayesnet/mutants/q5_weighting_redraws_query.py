"""A query that is also evidence is drawn like the others."""

question = "q5"


_right_weighting = likelihood_weighting


def likelihood_weighting(net, query, evidence, n, rng):
    others = {v: s for v, s in evidence.items() if v != query}
    return _right_weighting(net, query, others, n, rng)
