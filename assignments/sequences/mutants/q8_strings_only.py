"""Items are compared as text."""

question = "q8"


_right = edit_distance


def edit_distance(a, b):
    return _right("".join(map(str, a)), "".join(map(str, b)))
