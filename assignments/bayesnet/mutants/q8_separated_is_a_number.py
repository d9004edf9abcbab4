"""1 and 0 for True and False."""

question = "q8"


_right_separated = d_separated


def d_separated(net, x, y, z):
    return int(_right_separated(net, x, y, z))
