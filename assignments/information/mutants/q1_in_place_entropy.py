"""Zeros of the caller's array are replaced."""

question = "q1"


def entropy(p):
    p = _distribution("p", p)
    zero = p == 0
    p[zero] = 1.0
    return -(p * np.log2(p)).sum(axis=-1) + 0.0
