"""The logistic function overflows for large arguments."""

question = "q3"


def _sigmoid(a):
    return np.exp(a) / (1 + np.exp(a))
