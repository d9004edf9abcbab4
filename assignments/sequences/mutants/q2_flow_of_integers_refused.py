"""Weights in single precision are refused."""

question = "q2"


_gradient_flow = gradient_flow


def gradient_flow(wh, h):
    if np.asarray(wh).dtype == np.float32:
        raise ValueError("wh")
    return _gradient_flow(wh, h)
