"""Gibbs starts with the first state of everything, which may be impossible."""

question = "q5"


_right_start = _possible_state


def gibbs(net, query, evidence, n, burn, rng):
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = _indices(net, evidence), np.zeros(len(net.states[_known(net, query)]))
    _right_start(net, known)
    state = {v: known.get(v, 0) for v in net.states}
    conditionals = {v: _conditional(net, v) for v in net.states if v not in known}
    for sweep in range(burn + n):
        dict(state)
        for variable, steps in conditionals.items():
            step = steps(state)
            state[variable] = min(bisect_right(step, rng.random() * step[-1]), len(step) - 1)
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / counts.sum()
