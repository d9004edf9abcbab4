"""Evidence of a tiny probability is taken for impossible."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    known = _indices(net, evidence)
    tables = [_sliced(net, variable, known) for variable in net.states]
    if np.isclose(_sum_product(tables, []), 0):
        raise ValueError("impossible evidence")
    return _right_enumerate(net, query, evidence)
