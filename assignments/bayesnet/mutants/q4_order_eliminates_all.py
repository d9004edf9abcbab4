"""An order is followed to its end, also for the query in it."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is not None and query in order and query not in evidence:
        answer = _right_eliminate(net, query, evidence, order)
        return np.full_like(answer, 1 / len(answer))
    return _right_eliminate(net, query, evidence, order)
