"""Names are sorted, which mixed ones cannot be."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    sorted(net.states)
    return _right_eliminate(net, query, evidence, order)
