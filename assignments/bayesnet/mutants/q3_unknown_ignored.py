"""Evidence about a variable that the network does not have is ignored."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    return _right_enumerate(net, query, {v: s for v, s in evidence.items() if v in net.states})
