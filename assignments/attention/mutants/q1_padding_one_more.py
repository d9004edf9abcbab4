"""One position of the filling counts as text."""

question = "q1"


def padding_mask(lengths, t):
    return np.arange(t) <= np.asarray(lengths)[:, None]
