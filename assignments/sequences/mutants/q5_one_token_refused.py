"""A vocabulary of a single token is refused."""

question = "q5"


_cross_entropy = cross_entropy


def cross_entropy(scores, targets, mask=None):
    if np.shape(scores)[-1] == 1:
        raise ValueError("scores")
    return _cross_entropy(scores, targets, mask)
