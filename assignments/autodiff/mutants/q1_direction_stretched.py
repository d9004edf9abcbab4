"""A direction of another shape is stretched instead of refused."""

question = "q1"


def jvp(f, x, v):
    x = np.asarray(x, dtype=np.float64)
    v = np.broadcast_to(np.asarray(v, dtype=np.float64), x.shape)
    return np.array(Dual._of(f(Dual(x, v))).tangent)[()]
