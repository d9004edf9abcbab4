"""Symbols rarer than 1e-12 count as impossible."""

question = "q6"


_viterbi = viterbi


def viterbi(initial, transition, emission, observations):
    t = np.array(emission, dtype=float)
    t[t < 1e-12] = 0
    return _viterbi(initial, transition, t, observations)
