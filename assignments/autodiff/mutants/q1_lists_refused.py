"""x has to be an array."""

question = "q1"
_right = derivative


def derivative(f, x):
    return _right(f, x.astype(float) if not isinstance(x, (int, float)) else x)
