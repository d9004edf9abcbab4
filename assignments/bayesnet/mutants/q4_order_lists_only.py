"""An order has to be a list."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None:
        order = order.copy()
    return _right_eliminate(net, query, evidence, order)
