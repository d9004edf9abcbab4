"""Logarithms have to be floats."""

question = "q4"


_perplexity = perplexity


def perplexity(log_probs):
    if np.asarray(log_probs).dtype.kind == "i":
        raise ValueError("log_probs")
    return _perplexity(log_probs)
