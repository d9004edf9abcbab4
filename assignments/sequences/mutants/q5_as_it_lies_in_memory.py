"""Scores are taken in the order in which they lie in memory."""

question = "q5"


_cross_entropy = cross_entropy


def cross_entropy(scores, targets, mask=None):
    s = np.asarray(scores)
    return _cross_entropy(s.ravel(order="K").reshape(s.shape), targets, mask)
