"""A base below 1 is taken for 1."""

question = "q5"


_rope = rope


def rope(x, positions, base=10000.0):
    return _rope(x, positions, max(base, 1.0))
