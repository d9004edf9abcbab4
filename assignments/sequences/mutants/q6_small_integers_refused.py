"""Observations have to be 64-bit integers."""

question = "q6"


_viterbi = viterbi


def viterbi(initial, transition, emission, observations):
    if np.asarray(observations).dtype.itemsize < 8:
        raise ValueError("observations")
    return _viterbi(initial, transition, emission, observations)
