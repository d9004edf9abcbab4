"""An f of more than one element is summed."""

question = "q8"


_one_output = hessian_vector_product


def hessian_vector_product(f, x, v):
    return _one_output(lambda x: f(x).sum(), x, v)
