"""The norms of float32 states are float32."""

question = "q2"


_gradient_flow = gradient_flow


def gradient_flow(wh, h):
    found = _gradient_flow(wh, h)
    return found.astype(np.float32) if np.asarray(h).dtype == np.float32 else found
