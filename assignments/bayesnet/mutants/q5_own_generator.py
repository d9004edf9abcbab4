"""Samples come from a generator of the function's own."""

question = "q5"


_right_sample = ancestral_sample


def ancestral_sample(net, n, rng):
    return _right_sample(net, n, np.random.default_rng())
