"""The power is taken of the sum."""

question = "q4"


def noise_distribution(counts, power=0.75):
    counts = _counts(counts)
    _at_least("power", power, 0)
    return counts**power / counts.sum() ** power
