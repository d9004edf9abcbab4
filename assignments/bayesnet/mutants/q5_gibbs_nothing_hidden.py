"""Without a variable to redraw there is nothing to count."""

question = "q5"


_right_gibbs = gibbs


def gibbs(net, query, evidence, n, burn, rng):
    if set(net.states) == set(evidence):
        raise ValueError("no variable is hidden")
    return _right_gibbs(net, query, evidence, n, burn, rng)
