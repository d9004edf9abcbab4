"""No samples cannot be drawn."""

question = "q5"


_right_ancestral = ancestral_sample


def ancestral_sample(net, n, rng):
    _at_least(1, n=n)
    return _right_ancestral(net, n, rng)
