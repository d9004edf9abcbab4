"""Sums are made in single precision."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    return _right_enumerate(net, query, evidence).astype(np.float32)
