"""A list and a tuple of the same items are not aligned."""

question = "q8"


_align = align


def align(a, b):
    if type(a) is not type(b) and len(a) and a == list(b):
        return [(x, None) for x in a] + [(None, y) for y in b]
    return _align(a, b)
