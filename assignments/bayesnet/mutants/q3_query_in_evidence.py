"""A query that is also evidence is answered as if it were hidden."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    _right_enumerate(net, query, evidence)
    return _right_enumerate(net, query, {v: s for v, s in evidence.items() if v != query})
