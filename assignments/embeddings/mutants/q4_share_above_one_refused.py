"""A share above 1 is refused."""

question = "q4"


_keep_probability = keep_probability


def keep_probability(counts, t=0.001):
    if t > 1:
        raise ValueError("t")
    return _keep_probability(counts, t)
