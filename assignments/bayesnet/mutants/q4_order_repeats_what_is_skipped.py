"""A variable that plays no part in the answer may come twice in an order."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None:
        order, relevant = list(order), _ancestors(net, [query, *evidence])
        order = [v for i, v in enumerate(order) if v in relevant or v not in order[:i]]
    return _right_eliminate(net, query, evidence, order)
