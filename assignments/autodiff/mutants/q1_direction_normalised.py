"""The direction is scaled to length 1, as directions in geometry are."""

question = "q1"
_right = jvp


def jvp(f, x, v):
    v = np.asarray(v, dtype=np.float64)
    return _right(f, x, v / (np.linalg.norm(v) or 1.0))
