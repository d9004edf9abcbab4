"""Colliders always block."""

question = "q8"


def d_separated(net, x, y, z):
    """Reachability along trails, with the direction in which a node was entered."""
    z = {_known(net, v) for v in z}
    _known(net, x), _known(net, y)
    children = {v: [c for c, p in net.parents.items() if v in p] for v in net.states}
    seen, waiting = set(), [(x, "up")]
    while waiting:
        v, way = waiting.pop()
        if (v, way) in seen:
            continue
        seen.add((v, way))
        if v == y:
            return False
        if way == "up" and v not in z:
            waiting += [(p, "up") for p in net.parents[v]] + [(c, "down") for c in children[v]]
        if way == "down":
            if v not in z:
                waiting += [(c, "down") for c in children[v]]
            if False:
                waiting += [(p, "up") for p in net.parents[v]]
    return True
