"""Only the first child of a variable counts."""

question = "q5"


def _one_child(net, variable):
    tables = []
    children = [v for v, parents in net.parents.items() if variable in parents][:1]
    for child in [variable, *children]:
        axes = [*net.parents[child], child]
        own = axes.index(variable)
        tables.append((np.moveaxis(net.cpts[child], own, -1), axes[:own] + axes[own + 1 :]))

    def steps(state):
        rows = [table[tuple(state[v] for v in axes)] for table, axes in tables]
        return np.cumsum(np.prod(rows, axis=0)).tolist()

    return steps


def gibbs(net, query, evidence, n, burn, rng):
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = _indices(net, evidence), np.zeros(len(net.states[_known(net, query)]))
    state = _possible_state(net, known)
    conditionals = {v: _one_child(net, v) for v in net.states if v not in known}
    for sweep in range(burn + n):
        dict(state)
        for variable, steps in conditionals.items():
            step = steps(state)
            if not step[-1]:
                continue
            state[variable] = bisect_right(step, rng.random() * step[-1])
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / counts.sum()
