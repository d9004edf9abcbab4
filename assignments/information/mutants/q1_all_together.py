"""Many distributions are added up to one number."""

question = "q1"


def entropy(p):
    p = _distribution("p", p)
    return -_times_log(p, p).sum() + 0.0  # + 0.0: no −0.0
