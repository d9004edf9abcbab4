"""The graph of min-fill has no edge between the parents of a common child."""

question = "q4"


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else list(keep)
    neighbours = {v: set() for v in net.states}
    for child, parents in net.parents.items():
        for parent in parents:
            neighbours[child].add(parent)
            neighbours[parent].add(child)
    return _min_fill(neighbours, {_known(net, v) for v in keep})
