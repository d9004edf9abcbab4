"""Positions are cut to integers."""

question = "q5"
_right = rope


def rope(x, positions, base=10000.0):
    return _right(x, np.asarray(positions).astype(int), base)
