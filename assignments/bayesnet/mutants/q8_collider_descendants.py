"""A collider opens only when it is known itself, not when a descendant of it is."""

question = "q8"


def d_separated(net, x, y, z):
    z = {_known(net, v) for v in z}
    _known(net, x), _known(net, y)
    near = {
        v: {*net.parents[v], *(c for c, p in net.parents.items() if v in p)} for v in net.states
    }

    def open_way(path):
        if path[-1] == y:
            return True
        for v in near[path[-1]] - set(path):
            if len(path) > 1:
                a, m = path[-2:]
                collider = a in net.parents[m] and v in net.parents[m]
                if collider != (m in z):
                    continue
            if open_way([*path, v]):
                return True
        return False

    return not open_way([x])
