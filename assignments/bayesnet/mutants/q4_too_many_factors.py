"""One product of more than 32 factors is more than it takes."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    factors = [v for v, parents in net.parents.items() if query in (v, *parents)]
    if len(factors) > 32:
        raise ValueError("too many operands")
    return _right_eliminate(net, query, evidence, order)
