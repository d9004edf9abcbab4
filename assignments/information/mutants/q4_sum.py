"""The sum of all surprises is in the exponent."""

question = "q4"


def perplexity(log_probs):
    with np.errstate(over="ignore"):
        return float(np.exp(-_log_probs(log_probs).sum()))
