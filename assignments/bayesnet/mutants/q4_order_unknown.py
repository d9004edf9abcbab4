"""Unknown variables in an order are skipped."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None:
        order = [v for v in order if v in net.states]
    return _right_eliminate(net, query, evidence, order)
