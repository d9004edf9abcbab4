"""A text of no tokens has no surprise."""

question = "q4"


def _log_probs(log_probs):
    log_probs = np.asarray(log_probs, dtype=np.float64)
    if log_probs.ndim != 1 or not (log_probs <= 0).all():
        raise ValueError("log_probs must be 1-D, not empty, and at most 0")
    return log_probs if log_probs.size else np.zeros(1)
