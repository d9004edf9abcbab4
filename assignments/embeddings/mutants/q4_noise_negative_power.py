"""A negative power is accepted."""

question = "q4"


def noise_distribution(counts, power=0.75):
    counts = _counts(counts)
    weight = np.where(counts > 0, np.maximum(counts / counts.max(), 1e-9) ** power, 0.0)
    return weight / weight.sum()
