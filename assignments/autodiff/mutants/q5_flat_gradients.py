"""Gradients come flat."""

question = "q5"
_in_shape = numerical_gradient


def numerical_gradient(f, arrays, eps=1e-6):
    return [g.reshape(-1) for g in _in_shape(f, arrays, eps)]


_in_shape_check = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    global numerical_gradient
    flat, numerical_gradient = numerical_gradient, _in_shape
    try:
        return _in_shape_check(f, arrays, eps, tol)
    finally:
        numerical_gradient = flat
