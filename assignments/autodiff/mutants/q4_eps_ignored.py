"""layer_norm always adds 1e-5."""

question = "q4"
_right = layer_norm


def layer_norm(x, gain, bias, eps=1e-5):
    return _right(x, gain, bias)
