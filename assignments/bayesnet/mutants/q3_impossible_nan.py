"""Impossible evidence gives 0/0."""

question = "q3"


def enumerate_query(net, query, evidence):
    known = _indices(net, evidence)
    tables = [_sliced(net, v, known) for v in net.states]
    if _known(net, query) in known:
        answer = (np.arange(len(net.states[query])) == known[query]) * _sum_product(tables, [])
    else:
        answer = _sum_product(tables, [query])
    with np.errstate(invalid="ignore"):
        return answer / answer.sum()
