"""A list of no distributions is refused."""

question = "q1"


_entropy = entropy


def entropy(p):
    if np.size(p) == 0 and np.ndim(p) > 1:
        raise ValueError("p is empty")
    return _entropy(p)
