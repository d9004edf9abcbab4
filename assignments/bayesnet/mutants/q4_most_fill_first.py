"""The default order takes the variable of largest fill."""

question = "q4"


_right_eliminate = eliminate


def eliminate(net, query, evidence, order=None):
    if order is None:
        near = {v: set(n) for v, n in _moral_graph(net, net.states, evidence).items()}
        waiting, order = {v for v in near if v != query}, []
        while waiting:
            fill = {v: sum(len(near[v] - near[u]) - 1 for u in near[v]) for v in waiting}
            worst = max(waiting, key=lambda v: (fill[v], str(v)))
            for u in near[worst]:
                near[u] = (near[u] | near[worst]) - {u, worst}
            waiting.remove(worst)
            order.append(worst)
    return _right_eliminate(net, query, evidence, order)
