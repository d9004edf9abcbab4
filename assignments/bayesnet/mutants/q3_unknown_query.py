"""A query about an unknown variable has an empty answer."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    if query not in net.states:
        return np.array([])
    return _right_enumerate(net, query, evidence)
