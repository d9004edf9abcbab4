"""A model with a single symbol is refused."""

question = "q6"


_forward_backward = forward_backward


def forward_backward(initial, transition, emission, observations):
    if np.shape(emission)[-1:] == (1,):
        raise ValueError("emission")
    return _forward_backward(initial, transition, emission, observations)
