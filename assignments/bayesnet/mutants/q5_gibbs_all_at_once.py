"""All variables of a sweep are drawn from the state before the sweep."""

question = "q5"


def gibbs(net, query, evidence, n, burn, rng):
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = _indices(net, evidence), np.zeros(len(net.states[_known(net, query)]))
    state = _possible_state(net, known)
    conditionals = {v: _conditional(net, v) for v in net.states if v not in known}
    for sweep in range(burn + n):
        old = dict(state)
        for variable, steps in conditionals.items():
            step = steps(old)
            state[variable] = bisect_right(step, rng.random() * step[-1])
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / counts.sum()
