"""Entries are taken in the order in which they lie in memory."""

question = "q1"


_entropy = entropy


def entropy(p):
    p = np.asarray(p, dtype=float)
    return _entropy(p.ravel(order="K").reshape(p.shape))
