"""An order that lacks hidden variables is completed in silence."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None:
        order = [v for v in dict.fromkeys(order) if v in net.states]
        order += [v for v in net.states if v not in order]
    return _right_eliminate(net, query, evidence, order)
