"""The Hessian is made, row by row, and multiplied."""

question = "q8"


def hessian_vector_product(f, x, v):
    x = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    v = np.asarray(v, dtype=np.float64)
    if v.shape != x.shape:
        raise ValueError(f"v must have the shape of x, {x.shape}, not {v.shape}")
    y = f(x)
    if y.data.size != 1:
        raise ValueError(f"f must return one element, not shape {y.shape}")
    g = _gradients(y, Tensor(np.ones(y.shape)), again=True).get(x)
    if g is None or not g.requires_grad:
        return np.zeros(x.shape)
    hessian = np.empty((v.size, v.size))
    for i in range(v.size):
        seed = np.zeros(v.size)
        seed[i] = 1.0
        hessian[i] = _gradients(g, seed.reshape(v.shape)).get(x, np.zeros(v.shape)).reshape(-1)
    return (hessian @ v.reshape(-1)).reshape(v.shape)
