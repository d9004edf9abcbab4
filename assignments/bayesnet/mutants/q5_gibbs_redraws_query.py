"""A query that is also evidence is drawn like the others."""

question = "q5"


_right_gibbs = gibbs


def gibbs(net, query, evidence, n, burn, rng):
    others = {v: s for v, s in evidence.items() if v != query}
    _possible_state(net, _indices(net, evidence))
    return _right_gibbs(net, query, others, n, burn, rng)
