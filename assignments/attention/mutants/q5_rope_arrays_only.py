"""x has to be an array."""

question = "q5"
_right = rope


def rope(x, positions, base=10000.0):
    return _right(x.astype(x.dtype), positions, base)
