"""Natural logarithms."""

question = "q1"


def entropy(p):
    p = _distribution("p", p)
    return -_times_log(p, p).sum(axis=-1) * math.log(2) + 0.0  # + 0.0: no −0.0
