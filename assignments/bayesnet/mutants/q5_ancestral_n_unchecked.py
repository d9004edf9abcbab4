"""A negative number of samples gives none."""

question = "q5"


_right_ancestral = ancestral_sample


def ancestral_sample(net, n, rng):
    return _right_ancestral(net, max(n, 0), rng)
