"""Hidden variables are sorted first, which mixed names cannot be."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    sorted(v for v in net.states if v not in evidence)
    return _right_enumerate(net, query, evidence)
