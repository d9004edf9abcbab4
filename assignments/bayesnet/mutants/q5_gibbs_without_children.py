"""Gibbs draws from the variable's own row; the children have no say."""

question = "q5"


def _own_row(net, variable):
    parents, cpt = net.parents[variable], net.cpts[variable]
    return lambda state: np.cumsum(cpt[tuple(state[p] for p in parents)]).tolist()


def gibbs(net, query, evidence, n, burn, rng):
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = _indices(net, evidence), np.zeros(len(net.states[_known(net, query)]))
    state = _possible_state(net, known)
    conditionals = {v: _own_row(net, v) for v in net.states if v not in known}
    for sweep in range(burn + n):
        dict(state)
        for variable, steps in conditionals.items():
            step = steps(state)
            state[variable] = bisect_right(step, rng.random() * step[-1])
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / counts.sum()
