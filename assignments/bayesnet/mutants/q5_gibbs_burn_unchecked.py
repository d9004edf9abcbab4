"""A negative burn is taken for none."""

question = "q5"


_right_gibbs = gibbs


def gibbs(net, query, evidence, n, burn, rng):
    return _right_gibbs(net, query, evidence, n, max(burn, 0), rng)
