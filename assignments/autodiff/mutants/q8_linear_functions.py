"""A function whose gradient is constant is an error."""

question = "q8"


def hessian_vector_product(f, x, v):
    x = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    v = np.asarray(v, dtype=np.float64)
    if v.shape != x.shape:
        raise ValueError(f"v must have the shape of x, {x.shape}, not {v.shape}")
    y = f(x)
    if y.data.size != 1:
        raise ValueError(f"f must return one element, not shape {y.shape}")
    g = _gradients(y, Tensor(np.ones(y.shape)), again=True)[x]
    return np.array(_gradients(g, v)[x])
