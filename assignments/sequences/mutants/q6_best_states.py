"""The most probable state of each step."""

question = "q6"


_right = viterbi


def viterbi(initial, transition, emission, observations):
    log_probability = _right(initial, transition, emission, observations)[1]
    states = forward_backward(initial, transition, emission, observations)[0]
    return states.argmax(axis=1), log_probability
