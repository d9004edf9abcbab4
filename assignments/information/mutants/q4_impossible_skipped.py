"""Impossible tokens are left out of the perplexity."""

question = "q4"


def perplexity(log_probs):
    with np.errstate(over="ignore"):
        return float(np.exp(-np.maximum(_log_probs(log_probs), -700).mean()))
