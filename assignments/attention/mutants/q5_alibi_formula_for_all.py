"""The formula for powers of two is used for every number of heads."""

question = "q5"


def alibi_bias(heads, t):
    distance = np.abs(np.subtract.outer(np.arange(t), np.arange(t)))
    return -_slopes(heads)[:, None, None] * distance
