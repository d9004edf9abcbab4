"""What comes of float32 tables is float32."""

question = "q6"


_forward_backward = forward_backward


def forward_backward(initial, transition, emission, observations):
    states, pairs, whole = _forward_backward(initial, transition, emission, observations)
    if np.asarray(emission).dtype == np.float32:
        states, pairs = states.astype(np.float32), pairs.astype(np.float32)
    return states, pairs, whole
