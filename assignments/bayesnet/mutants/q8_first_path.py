"""Only the parents of the two variables are looked at: no common ancestor means independent."""

question = "q8"


def d_separated(net, x, y, z):
    z = {_known(net, v) for v in z}
    above = [set(_ancestors(net, [_known(net, v)])) - z for v in (x, y)]
    return above[0].isdisjoint(above[1])
