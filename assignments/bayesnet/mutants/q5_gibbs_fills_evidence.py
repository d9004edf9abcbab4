"""The state of the chain is written into the caller's evidence."""

question = "q5"


_right_gibbs = gibbs


def gibbs(net, query, evidence, n, burn, rng):
    answer = _right_gibbs(net, query, evidence, n, burn, rng)
    for variable, states in net.states.items():
        evidence.setdefault(variable, states[0])
    return answer
