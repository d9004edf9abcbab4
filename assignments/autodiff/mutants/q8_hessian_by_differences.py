"""H v by differences of two gradients."""

question = "q8"


_exact = hessian_vector_product


def hessian_vector_product(f, x, v, eps=1e-6):
    _exact(f, x, v)
    x, v = np.array(x, dtype=np.float64), np.asarray(v, dtype=np.float64)

    def gradient(at):
        leaf = Tensor(at, requires_grad=True)
        y = f(leaf)
        return _gradients(y, np.ones(y.shape)).get(leaf, np.zeros(x.shape))

    return (gradient(x + eps * v) - gradient(x - eps * v)) / (2 * eps)
