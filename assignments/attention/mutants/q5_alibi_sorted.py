"""The slopes are sorted: heads that are not a power of two come in another order."""

question = "q5"


def alibi_bias(heads, t):
    lower = 2 ** (heads.bit_length() - 1)
    slopes = np.concatenate([_slopes(lower), _slopes(2 * lower)[::2]])[:heads]
    distance = np.abs(np.subtract.outer(np.arange(t), np.arange(t)))
    return -np.sort(slopes)[::-1][:, None, None] * distance
