"""The gradient of layer_norm takes mean and variance to be constants."""

question = "q4"


def layer_norm(x, gain, bias, eps=1e-5):
    x, gain, bias = _tensor(x), _tensor(gain), _tensor(bias)
    centred = x.data - x.data.mean(-1, keepdims=True)
    scale = ((centred**2).mean(-1, keepdims=True) + eps) ** -0.5
    z = centred * scale
    data = z * gain.data + bias.data
    return _op(
        data,
        (x, gain, bias),
        lambda g, out, x, gain, bias: g * gain * scale,
        lambda g, *_: g * z,
        lambda g, *_: g,
    )
