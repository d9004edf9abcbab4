"""The states are replaced by their slopes."""

question = "q2"


def gradient_flow(wh, h):
    given, h = h, floats(h, "h", None, None).copy()
    time, n = h.shape
    wh = floats(wh, "wh", n, n)
    product, norms = np.eye(n), np.empty(time)  # product[i, j]: of the last state j by state i
    for t in reversed(range(time)):
        norms[t] = np.linalg.norm(product, 2)
        product = (wh * (1 - h[t] ** 2)) @ product
    if isinstance(given, np.ndarray):
        given[...] = 1 - h**2
    return norms
