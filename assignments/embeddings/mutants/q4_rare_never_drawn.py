"""Words with a probability below 1e-9 are never drawn."""

question = "q4"


_noise_distribution = noise_distribution


def noise_distribution(counts, power=0.75):
    p = _noise_distribution(counts, power)
    p[p < 1e-9] = 0
    return p / p.sum()
