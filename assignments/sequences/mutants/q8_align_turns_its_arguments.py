"""The caller's list is turned round."""

question = "q8"


_align = align


def align(a, b):
    found = _align(a, b)
    if isinstance(a, list):
        a.reverse()
    return found
