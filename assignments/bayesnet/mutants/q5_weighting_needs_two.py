"""One sample is refused as too few."""

question = "q5"


_right_weighting = likelihood_weighting


def likelihood_weighting(net, query, evidence, n, rng):
    if n < 2:
        raise ValueError("n must be at least 2")
    return _right_weighting(net, query, evidence, n, rng)
