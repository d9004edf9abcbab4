"""min-fill removes a variable but does not join its neighbours."""

question = "q4"


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else list(keep)
    near = _moral_graph(net, net.states)
    waiting, order = [v for v in near if v not in {_known(net, k) for k in keep}], []
    while waiting:
        best = min(waiting, key=lambda v: sum(len(near[v] - near[u]) - 1 for u in near[v]))
        for u in near.pop(best):
            near[u].remove(best)
        waiting.remove(best)
        order.append(best)
    return order
