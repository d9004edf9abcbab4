"""The table is taken in the order in which it lies in memory."""

question = "q6"


_viterbi = viterbi


def viterbi(initial, transition, emission, observations):
    t = np.asarray(transition)
    return _viterbi(initial, t.ravel(order="K").reshape(t.shape), emission, observations)
