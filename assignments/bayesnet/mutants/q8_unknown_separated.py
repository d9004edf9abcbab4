"""Unknown variables are independent of all others."""

question = "q8"


_right_d_separated = d_separated


def d_separated(net, x, y, z):
    if x not in net.states or y not in net.states:
        return True
    return _right_d_separated(net, x, y, [v for v in z if v in net.states])
