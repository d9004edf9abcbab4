"""The width of the differences is always 1e-6."""

question = "q5"


_with_width = numerical_gradient


def numerical_gradient(f, arrays, eps=1e-6):
    return _with_width(f, arrays, 1e-6)
