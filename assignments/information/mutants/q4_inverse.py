"""The mean probability."""

question = "q4"


def perplexity(log_probs):
    with np.errstate(over="ignore"):
        return float(np.exp(_log_probs(log_probs).mean()))
