"""The outer product of the gradient with itself is taken for the Hessian."""

question = "q8"


_exact = hessian_vector_product


def hessian_vector_product(f, x, v):
    _exact(f, x, v)
    leaf = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    y = f(leaf)
    g = _gradients(y, np.ones(y.shape)).get(leaf, np.zeros(leaf.shape))
    return g * (g * v).sum()
