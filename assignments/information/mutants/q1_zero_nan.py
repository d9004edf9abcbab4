"""0 log 0 is NaN."""

question = "q1"


def entropy(p):
    p = _distribution("p", p)
    return -(p * np.log2(p)).sum(axis=-1) + 0.0  # + 0.0: no −0.0
