"""The Jacobian by central differences."""

question = "q8"


def jacobian(f, x, eps=1e-6):
    x = np.array(x, dtype=np.float64)
    columns = []
    for index in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[index] = eps
        columns.append((f(Tensor(x + e)).data - f(Tensor(x - e)).data) / (2 * eps))
    shape = np.shape(columns[0])
    return np.moveaxis(np.array(columns), 0, -1).reshape(shape + x.shape)
