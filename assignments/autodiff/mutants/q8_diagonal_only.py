"""Mixed derivatives are left out."""

question = "q8"


_with_mixed = hessian_vector_product


def hessian_vector_product(f, x, v):
    x, v = np.array(x, dtype=np.float64), np.asarray(v, dtype=np.float64)
    _with_mixed(f, x, v)
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[index] = 1.0
        result[index] = _with_mixed(f, x, e)[index] * v[index]
    return result
