"""A vocabulary of one word is refused."""

question = "q4"


_noise_distribution = noise_distribution


def noise_distribution(counts, power=0.75):
    if np.size(counts) == 1:
        raise ValueError("counts")
    return _noise_distribution(counts, power)
