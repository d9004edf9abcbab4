"""An order that has the query or evidence in it is refused."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None and (query in order or any(v in order for v in evidence)):
        raise ValueError("order has variables that are not hidden")
    return _right_eliminate(net, query, evidence, order)
