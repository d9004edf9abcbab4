"""The mask holds 0 and 1."""

question = "q1"


def padding_mask(lengths, t):
    return (np.arange(t) < np.asarray(lengths)[:, None]).astype(int)
