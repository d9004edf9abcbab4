"""v is scaled to length 1 in place."""

question = "q8"
_right = hessian_vector_product


def hessian_vector_product(f, x, v):
    result = _right(f, x, v)
    if isinstance(v, np.ndarray) and v.shape == np.shape(x):
        v /= np.linalg.norm(v) or 1.0
    return result
