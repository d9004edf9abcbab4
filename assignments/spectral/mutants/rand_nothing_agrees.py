"""No labels at all agree perfectly."""

question = "q6"
_right = adjusted_rand


def adjusted_rand(a, b):
    if len(a) == 0 == len(b):
        return 1.0
    return _right(a, b)
