"""A nested list is no array to it."""

question = "q1"


def entropy(p):
    _distribution("p", p)
    p = p[..., :]
    return -_times_log(p, p).sum(axis=-1) + 0.0  # + 0.0: no −0.0
