"""The longer of the two is cut off."""

question = "q2"


def _pair(p, q):
    p, q = _distribution("p", p), _distribution("q", q)
    size = min(p.shape[-1], q.shape[-1])
    return p[..., :size], q[..., :size]
