"""Targets have to be 64-bit integers."""

question = "q5"


_cross_entropy = cross_entropy


def cross_entropy(scores, targets, mask=None):
    if np.asarray(targets).dtype.itemsize < 8 and np.ndim(targets) == 1:
        raise ValueError("targets")
    return _cross_entropy(scores, targets, mask)
