"""0 ** 0 is 1."""

question = "q4"


def noise_distribution(counts, power=0.75):
    counts = _counts(counts)
    _at_least("power", power, 0)
    weight = (counts / counts.max()) ** power
    return weight / weight.sum()
