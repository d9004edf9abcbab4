"""The first axis is taken for that of the symbols."""

question = "q1"


def entropy(p):
    p = _distribution("p", p)
    return -_times_log(p, p).sum(axis=0) + 0.0  # + 0.0: no −0.0
