"""Probabilities are multiplied, until the product is 0."""

question = "q4"


def perplexity(log_probs):
    log_probs = _log_probs(log_probs)
    with np.errstate(all="ignore"):
        return float(np.float64(np.exp(log_probs).prod()) ** (-1 / log_probs.size))
