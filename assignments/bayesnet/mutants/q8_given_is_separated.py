"""A variable that is given is independent of all others."""

question = "q8"


_right_d_separated = d_separated


def d_separated(net, x, y, z):
    return True if {x, y} & set(z) else _right_d_separated(net, x, y, z)
