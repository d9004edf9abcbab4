"""The default order is alphabetical: right answers from enormous tables."""

question = "q4"

_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    return _right_eliminate(net, query, evidence, sorted(net.states) if order is None else order)
