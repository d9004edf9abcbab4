"""Two distributions over a single symbol are refused."""

question = "q2"


_cross_entropy = cross_entropy


def cross_entropy(p, q):
    if np.shape(p)[-1:] == (1,) and np.shape(q)[-1:] == (1,):
        raise ValueError("p")
    return _cross_entropy(p, q)
