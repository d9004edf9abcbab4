"""0 times -inf is NaN in the cross-entropy."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -(p * np.log2(q)).sum(axis=-1) + 0.0
