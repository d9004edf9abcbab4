"""The longer labelling is cut."""

question = "q6"
_right = adjusted_rand


def adjusted_rand(a, b):
    n = min(len(a), len(b))
    return _right(a[:n], b[:n])
