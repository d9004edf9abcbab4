"""The base is always 10000."""

question = "q5"
_right = rope


def rope(x, positions, base=10000.0):
    return _right(x, positions)
