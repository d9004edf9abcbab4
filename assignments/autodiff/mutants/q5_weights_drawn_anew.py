"""The weights of an array of outputs are drawn anew for each check."""

question = "q5"


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    tensors = [Tensor(np.array(a, dtype=np.float64), requires_grad=True) for a in arrays]
    out = f(*tensors)
    weights = np.random.default_rng().uniform(1, 2, out.shape)
    out.backward(weights)
    numerical = numerical_gradient(
        lambda *xs: (weights * f(*(Tensor(x) for x in xs)).data).sum(), arrays, eps
    )
    errors = []
    for tensor, n in zip(tensors, numerical):
        a = np.zeros(n.shape) if tensor.grad is None else tensor.grad
        errors.append(np.nan_to_num(np.abs(a - n) / np.maximum(1, np.abs(n)), nan=np.inf))
    number = int(np.argmax([e.max(initial=0.0) for e in errors]))
    worst = errors[number]
    index = tuple(int(i) for i in np.unravel_index(np.argmax(worst), worst.shape))
    return Report(float(worst.max()) <= tol, float(worst.max()), (number, index))
