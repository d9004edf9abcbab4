"""A distribution of integers, all on one symbol, is refused."""

question = "q2"


_js_divergence = js_divergence


def js_divergence(p, q):
    if np.asarray(p).dtype.kind == "i":
        raise ValueError("p")
    return _js_divergence(p, q)
