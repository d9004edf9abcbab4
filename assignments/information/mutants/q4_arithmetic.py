"""The mean of the inverse probabilities."""

question = "q4"


def perplexity(log_probs):
    with np.errstate(over="ignore"):
        return float(np.exp(-_log_probs(log_probs)).mean())
