"""The first head has the slope 1 instead of 2^(-8/n)."""

question = "q5"


def alibi_bias(heads, t):
    lower = 2 ** (heads.bit_length() - 1)
    slopes = np.concatenate([_slopes(lower) * 2 ** (8 / lower), _slopes(2 * lower)[::2]])[:heads]
    distance = np.abs(np.subtract.outer(np.arange(t), np.arange(t)))
    return -slopes[:, None, None] * distance
