"""A NaN is not above 0."""

question = "q4"


def _log_probs(log_probs):
    log_probs = np.asarray(log_probs, dtype=np.float64)
    if log_probs.ndim != 1 or log_probs.size == 0 or (log_probs > 0).any():
        raise ValueError("log_probs must be 1-D, not empty, and at most 0")
    return log_probs
