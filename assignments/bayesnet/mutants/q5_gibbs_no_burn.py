"""The first sweeps are counted and the last ones are not."""

question = "q5"


def gibbs(net, query, evidence, n, burn, rng):
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = _indices(net, evidence), np.zeros(len(net.states[_known(net, query)]))
    state = _possible_state(net, known)
    conditionals = {v: _conditional(net, v) for v in net.states if v not in known}
    for sweep in range(n):
        dict(state)
        for variable, steps in conditionals.items():
            step = steps(state)
            state[variable] = bisect_right(step, rng.random() * step[-1])
        counts[state[query]] += 1
    return counts / counts.sum()
