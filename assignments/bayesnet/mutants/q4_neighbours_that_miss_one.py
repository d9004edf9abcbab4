"""Neighbours that miss an edge are counted, not the edges that they miss."""

question = "q4"


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else list(keep)
    near = _moral_graph(net, net.states)
    waiting, order = [v for v in near if v not in {_known(net, k) for k in keep}], []
    while waiting:
        best = min(waiting, key=lambda v: sum(bool(near[v] - near[u] - {u}) for u in near[v]))
        around = near.pop(best)
        for u in around:
            near[u] = (near[u] | around) - {u, best}
        waiting.remove(best)
        order.append(best)
    return order
