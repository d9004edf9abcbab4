"""A direction of another shape is stretched instead of refused."""

question = "q8"


_strict = hessian_vector_product


def hessian_vector_product(f, x, v):
    return _strict(f, x, np.broadcast_to(v, np.shape(x)))
