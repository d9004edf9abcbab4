"""Items are compared as they are written."""

question = "q8"


_edit_distance = edit_distance


def edit_distance(a, b):
    return _edit_distance([repr(x) for x in a], [repr(x) for x in b])
