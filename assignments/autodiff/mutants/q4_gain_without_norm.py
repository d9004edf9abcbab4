"""The gradient of the gain is the sum of what arrives, without the normalised x."""

question = "q4"
_right = layer_norm


def layer_norm(x, gain, bias, eps=1e-5):
    out = _right(x, gain, bias, eps)
    if out._inputs:
        to_x, _, to_bias = out._rules
        out._rules = (to_x, to_bias, to_bias)
    return out
