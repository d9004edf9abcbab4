"""The first gradient is still in .grad when the second is added to it."""

question = "q8"


_second_only = hessian_vector_product


def hessian_vector_product(f, x, v):
    hv = _second_only(f, x, v)
    leaf = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    y = f(leaf)
    return hv + _gradients(y, np.ones(y.shape)).get(leaf, 0.0)
