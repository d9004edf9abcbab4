"""x has to be an array."""

question = "q1"
_right = rbf_affinity


def rbf_affinity(x, gamma):
    return _right(x.astype(float) if x.dtype.kind == "i" else x, gamma)
