"""The way back begins at state 0."""

question = "q6"


def viterbi(initial, transition, emission, observations):
    initial, transition, shown = _model(initial, transition, emission, observations)
    with np.errstate(divide="ignore"):  # ln 0 = -inf is meant
        best, moves, shown = np.log(initial), np.log(transition).T, np.log(shown)
    best = best + shown[0]
    back = np.zeros(shown.shape, dtype=np.int64)
    for t in range(1, len(shown)):
        ways = moves + best  # (to, from): the maximum runs along memory
        back[t] = ways.argmax(axis=1)
        best = ways.max(axis=1) + shown[t]
    path = np.empty(len(shown), dtype=np.int64)
    path[-1] = 0 if best[0] > -np.inf else best.argmax()
    if best[path[-1]] == -np.inf:
        raise ValueError(_IMPOSSIBLE)
    for t in range(len(shown) - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path, float(best[path[-1]])
