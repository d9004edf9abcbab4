"""What is rarer than 1e-12 counts as impossible."""

question = "q2"


_cross_entropy = cross_entropy


def cross_entropy(p, q):
    p = np.array(p, dtype=float)
    p[(p > 0) & (p < 1e-12)] = 0
    return _cross_entropy(p, q)
