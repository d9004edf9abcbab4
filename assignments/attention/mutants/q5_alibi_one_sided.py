"""The distance is i - j: keys in the future are rewarded."""

question = "q5"


def alibi_bias(heads, t):
    lower = 2 ** (heads.bit_length() - 1)
    slopes = np.concatenate([_slopes(lower), _slopes(2 * lower)[::2]])[:heads]
    return -slopes[:, None, None] * np.subtract.outer(np.arange(t), np.arange(t))
