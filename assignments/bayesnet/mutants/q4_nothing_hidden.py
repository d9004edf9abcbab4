"""Where everything is evidence nothing is left to sum over, and an error is raised."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if set(net.states) == set(evidence):
        raise ValueError("no variable is hidden")
    return _right_eliminate(net, query, evidence, order)
