"""Of the slopes of 2p the second, fourth, … are taken, which are those of p again."""

question = "q5"


def alibi_bias(heads, t):
    lower = 2 ** (heads.bit_length() - 1)
    slopes = np.concatenate([_slopes(lower), _slopes(2 * lower)[1::2]])[:heads]
    distance = np.abs(np.subtract.outer(np.arange(t), np.arange(t)))
    return -slopes[:, None, None] * distance
