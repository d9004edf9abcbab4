"""x has to have an axis."""

question = "q8"


_hessian_vector_product = hessian_vector_product


def hessian_vector_product(f, x, v):
    len(x)  # raises for a number
    return _hessian_vector_product(f, x, v)
