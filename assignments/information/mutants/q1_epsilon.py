"""A little is added before the logarithm, so that it is never infinite."""

question = "q1"


def entropy(p):
    p = _distribution("p", p)
    return -(p * np.log2(p + 1e-9)).sum(axis=-1) + 0.0  # + 0.0: no −0.0
