"""No symbols at all have the entropy 0."""

question = "q1"


_entropy = entropy


def entropy(p):
    return 0.0 if np.shape(p) == (0,) else _entropy(p)
