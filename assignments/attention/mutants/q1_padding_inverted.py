"""True marks the filling, as in torch's key_padding_mask."""

question = "q1"


def padding_mask(lengths, t):
    return np.arange(t) >= np.asarray(lengths)[:, None]
