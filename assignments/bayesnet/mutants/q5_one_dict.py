"""All samples are one dict, filled in again and again."""

question = "q5"


_right_ancestral = ancestral_sample


def ancestral_sample(net, n, rng):
    sample = {}
    samples = []
    for row in _right_ancestral(net, n, rng):
        sample.update(row)
        samples.append(sample)
    return samples
