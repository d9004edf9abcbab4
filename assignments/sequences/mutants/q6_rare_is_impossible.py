"""Transitions rarer than 1e-12 count as impossible."""

question = "q6"


_forward_backward = forward_backward


def forward_backward(initial, transition, emission, observations):
    t = np.array(transition, dtype=float)
    t[t < 1e-12] = 0
    return _forward_backward(initial, t, emission, observations)
