"""It is enumeration under another name: right, and hopeless on 37 variables."""

question = "q4"


def eliminate(net, query, evidence, order=None):
    known = _indices(net, evidence)
    if order is not None:
        order = _checked(net, order, {query, *known})
    tables = [_sliced(net, v, known) for v in net.states]
    return _answer(net, _known(net, query), known, tables)
