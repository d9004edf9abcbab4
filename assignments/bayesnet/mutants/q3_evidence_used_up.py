"""The query is taken out of the caller's evidence."""

question = "q3"


_right_enumerate = enumerate_query


def enumerate_query(net, query, evidence):
    answer = _right_enumerate(net, query, evidence)
    evidence.clear()
    return answer
