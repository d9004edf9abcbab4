"""The lengths are indexed as they come: a list has no second axis."""

question = "q1"


def padding_mask(lengths, t):
    return np.arange(t) < lengths[:, None]
