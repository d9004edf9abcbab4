"""The logistic function overflows for large arguments."""

question = "q4"


def _logistic(a):
    return np.exp(a) / (1 + np.exp(a))
