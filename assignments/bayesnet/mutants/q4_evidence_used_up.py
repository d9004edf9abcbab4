"""The caller's evidence is gone afterwards."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    answer = _right_eliminate(net, query, evidence, order)
    evidence.clear()
    return answer
