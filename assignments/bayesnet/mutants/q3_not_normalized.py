"""The answer is the joint with the evidence, not divided by its probability."""

question = "q3"


def enumerate_query(net, query, evidence):
    known = _indices(net, evidence)
    tables = [_sliced(net, v, known) for v in net.states]
    if _known(net, query) in known:
        return _answer(net, query, known, tables)
    answer = _sum_product(tables, [query])
    if answer.sum() == 0:
        raise ValueError("impossible evidence")
    return answer
