"""A variable that comes twice in an order is skipped the second time."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None:
        order = list(dict.fromkeys(order))
    return _right_eliminate(net, query, evidence, order)
