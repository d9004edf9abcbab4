"""The new table is kept only if it has a single variable; larger ones are forgotten."""

question = "q4"


def eliminate(net, query, evidence, order=None):
    known = _indices(net, evidence)
    relevant = _ancestors(net, [_known(net, query), *known])
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
            new = (_sum_product(touching, rest), rest)
            tables += [new] if len(rest) < 2 else []
    if not any(query in axes for _, axes in tables) and query not in known:
        card = len(net.states[query])
        return np.full(card, 1 / card)
    return _answer(net, query, known, tables)
