"""Only evidence among the ancestors of the query counts."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    _right_enumerate(net, query, evidence)
    above = _ancestors(net, [query])
    return _right_enumerate(net, query, {v: s for v, s in evidence.items() if v in above})
