"""The answer is in the order of the sorted state names."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    right = _right_enumerate(net, query, evidence)
    states = net.states[query]
    return right[[states.index(s) for s in sorted(states)]]
