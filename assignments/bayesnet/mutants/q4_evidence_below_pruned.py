"""Everything that is no ancestor of the query is left out, evidence below it too."""

question = "q4"


def eliminate(net, query, evidence, order=None):
    known = _indices(net, evidence)
    relevant = _ancestors(net, [_known(net, query)])
    if query in known:
        relevant = _ancestors(net, [query, *known])
    if order is None:
        order = _min_fill(_moral_graph(net, relevant, known), {query})
    else:
        order = _checked(net, order, {query, *known})
    tables = [_sliced(net, v, known) for v in relevant]
    for variable in order:
        if variable != query and variable in relevant and variable not in known:
            touching = [t for t in tables if variable in t[1]]
            tables = [t for t in tables if variable not in t[1]]
            rest = list(dict.fromkeys(v for _, axes in touching for v in axes if v != variable))
            tables.append((_sum_product(touching, rest), rest))
    return _answer(net, query, known, tables)
