"""Anything is taken for q."""

question = "q2"


def cross_entropy(p, q):
    p, q = _distribution("p", p), np.asarray(q, dtype=np.float64)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError("p and q differ")
    return -_times_log(p, q).sum(axis=-1) + 0.0
