"""A `q` whose sum is off by some 1e-5 is divided by it."""

question = "q2"


_kl_divergence = kl_divergence


def kl_divergence(p, q):
    q = np.asarray(q, dtype=float)
    t = q.sum(-1, keepdims=True) if q.ndim else 1.0
    if np.all(abs(t - 1) < 1e-4) and np.all(q >= 0):
        q = q / t
    return _kl_divergence(p, q)
