"""An entry just below 0 is taken for 0."""

question = "q1"


_entropy = entropy


def entropy(p):
    p = np.array(p, dtype=float)
    p[(p < 0) & (p > -1e-7)] = 0
    return _entropy(p)
