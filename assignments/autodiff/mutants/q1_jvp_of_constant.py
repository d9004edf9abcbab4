"""jvp of a function that returns a plain number or array is an error."""

question = "q1"


def jvp(f, x, v):
    x, v = np.asarray(x, dtype=np.float64), np.asarray(v, dtype=np.float64)
    if x.shape != v.shape:
        raise ValueError("v must have the shape of x")
    return np.array(f(Dual(x, v)).tangent)[()]
