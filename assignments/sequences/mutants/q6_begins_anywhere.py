"""All first states are alike."""

question = "q6"


def forward_backward(initial, transition, emission, observations):
    alpha, transition, shown = _model(initial, transition, emission, observations)
    time, k = shown.shape
    forward, sums = np.empty((time, k)), np.empty(time)
    for t in range(time):
        alpha = (np.full(k, 1 / k) if t == 0 else alpha @ transition) * shown[t]
        sums[t] = alpha.sum()
        if sums[t] == 0:
            raise ValueError(_IMPOSSIBLE)
        forward[t] = alpha = alpha / sums[t]
    states, transitions, beta = np.empty((time, k)), np.zeros((k, k)), np.ones(k)
    for t in reversed(range(time)):
        states[t] = forward[t] * beta
        if t > 0:
            ahead = shown[t] * beta / sums[t]
            transitions += forward[t - 1][:, None] * transition * ahead
            beta = transition @ ahead
    return states, transitions, float(np.log(sums).sum())
