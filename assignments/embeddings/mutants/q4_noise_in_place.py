"""The counts become the weights."""

question = "q4"


def noise_distribution(counts, power=0.75):
    counts_given = counts
    counts = _counts(counts)
    if isinstance(given := counts_given, np.ndarray):
        given[given > 1] -= 1
    _at_least("power", power, 0)
    weight = np.where(counts > 0, (counts / counts.max()) ** power, 0.0)
    return weight / weight.sum()
