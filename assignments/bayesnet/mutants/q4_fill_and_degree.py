"""Neighbours are counted together with the edges that are missing."""

question = "q4"


def _min_fill(neighbours, keep):
    waiting, order = [v for v in neighbours if v not in keep], []
    while waiting:
        best = min(
            waiting, key=lambda v: sum(len(neighbours[v] - neighbours[u]) for u in neighbours[v])
        )
        near = neighbours.pop(best)
        for u in near:
            neighbours[u] |= near
            neighbours[u] -= {u, best}
        waiting.remove(best)
        order.append(best)
    return order
