"""Where everything is evidence nothing is left to sum over, and an error is raised."""

question = "q3"


_right_enumerate_query = enumerate_query


def enumerate_query(net, query, evidence):
    if set(net.states) == set(evidence):
        raise ValueError("no variable is hidden")
    return _right_enumerate_query(net, query, evidence)
