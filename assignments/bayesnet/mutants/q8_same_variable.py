"""A variable is never independent of itself."""

question = "q8"


_right_d_separated = d_separated


def d_separated(net, x, y, z):
    return False if x == y and x in net.states else _right_d_separated(net, x, y, z)
