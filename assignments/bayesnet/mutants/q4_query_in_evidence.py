"""A query that is also evidence is answered as if it were hidden."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    others = {v: s for v, s in evidence.items() if v != query}
    _right_eliminate(net, query, evidence, order)
    return _right_eliminate(net, query, others, None if query in evidence else order)
