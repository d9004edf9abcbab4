"""Lists are refused."""

question = "q4"


def noise_distribution(counts, power=0.75):
    if isinstance(counts, list):
        raise TypeError("counts")
    counts = _counts(counts)
    _at_least("power", power, 0)
    weight = np.where(counts > 0, (counts / counts.max()) ** power, 0.0)
    return weight / weight.sum()
