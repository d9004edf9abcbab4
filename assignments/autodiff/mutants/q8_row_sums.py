"""One backward pass with ones: the sum of all rows on the diagonal."""

question = "q8"


def jacobian(f, x):
    x = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    y = f(x)
    g = _gradients(y, np.ones(y.shape)).get(x, np.zeros(x.shape))
    if y.shape != x.shape:
        return np.broadcast_to(g, y.shape + x.shape).copy()
    return np.diag(np.ravel(g)).reshape(y.shape + x.shape)
