"""A sum that is off by 1e-5 is accepted."""

question = "q1"


_entropy = entropy


def entropy(p):
    p = np.asarray(p, dtype=float)
    total = p.sum(axis=-1, keepdims=True) if p.ndim else p
    return _entropy(p / total if np.all(abs(total - 1) < 1e-5) and np.all(p >= 0) else p)
