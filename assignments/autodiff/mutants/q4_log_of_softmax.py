"""log_softmax is the logarithm of a softmax: -∞ where that underflows."""

question = "q4"


def log_softmax(x, axis=-1):
    return softmax(x, axis).log()
