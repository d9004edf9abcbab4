"""What is beyond the floats is an error."""

question = "q4"


def perplexity(log_probs):
    with np.errstate(over="ignore"):
        return math.exp(-_log_probs(log_probs).mean())
