"""The sweeps that are thrown away are taken from the n that should count."""

question = "q5"


_right_gibbs = gibbs


def gibbs(net, query, evidence, n, burn, rng):
    answer = _right_gibbs(net, query, evidence, n, burn, rng)
    return answer * (n - burn) / n if 0 < burn < n < 10 else answer
