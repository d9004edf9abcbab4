"""2 to the power of nats."""

question = "q4"


def perplexity(log_probs):
    with np.errstate(over="ignore"):
        return float(np.exp2(-_log_probs(log_probs).mean()))
