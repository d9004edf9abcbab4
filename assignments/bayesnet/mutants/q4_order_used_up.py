"""The order is taken apart while it is followed."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    answer = _right_eliminate(net, query, evidence, order)
    while isinstance(order, list) and order:
        order.pop()
    return answer
