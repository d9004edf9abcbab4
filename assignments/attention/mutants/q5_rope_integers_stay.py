"""The result has the type of x: integers are cut."""

question = "q5"
_right = rope


def rope(x, positions, base=10000.0):
    x = np.asarray(x)
    return _right(x, positions, base).astype(x.dtype)
