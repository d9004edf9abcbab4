"""The weights keep the type of what was given."""

question = "q2"


def gradient_flow(wh, h):
    h = floats(h, "h", None, None)
    time, n = h.shape
    wh = floats(wh, "wh", n, n)
    product, norms = (
        np.eye(n),
        np.empty(time, dtype=np.float32),
    )  # product[i, j]: of the last state j by state i
    for t in reversed(range(time)):
        norms[t] = np.linalg.norm(product, 2)
        product = (wh * (1 - h[t] ** 2)) @ product
    return norms
