"""The divergence of float32 distributions is float32."""

question = "q2"


_js_divergence = js_divergence


def js_divergence(p, q):
    p, q = np.asarray(p), np.asarray(q)
    found = _js_divergence(p, q)
    return np.float32(found) if p.dtype == np.float32 else found
