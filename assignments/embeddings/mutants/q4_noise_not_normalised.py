"""Weights, not probabilities."""

question = "q4"


def noise_distribution(counts, power=0.75):
    counts = _counts(counts)
    _at_least("power", power, 0)
    weight = np.where(counts > 0, (counts / counts.max()) ** power, 0.0)
    return weight
