"""A function that ignores its input has no gradient to look at."""

question = "q8"


def jacobian(f, x):
    x = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    y = f(x)
    seeds = np.eye(y.data.size).reshape(y.data.size, *y.shape)
    rows = [_gradients(y, seed)[x] for seed in seeds]
    return np.array(rows).reshape(y.shape + x.shape)
