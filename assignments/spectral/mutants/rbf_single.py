"""float32 in, float32 out."""

question = "q1"
_right = rbf_affinity


def rbf_affinity(x, gamma):
    w = _right(x, gamma)
    return w.astype(np.float32) if np.asarray(x).dtype == np.float32 else w
