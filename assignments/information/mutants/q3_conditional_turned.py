"""Entries are taken in the order in which they lie in memory."""

question = "q3"


_conditional_entropy = conditional_entropy


def conditional_entropy(table):
    t = np.asarray(table)
    return _conditional_entropy(t.ravel(order="K").reshape(t.shape))
