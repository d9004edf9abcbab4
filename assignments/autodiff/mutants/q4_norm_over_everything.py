"""layer_norm takes mean and variance over the whole array."""

question = "q4"


def layer_norm(x, gain, bias, eps=1e-5):
    x, gain, bias = _tensor(x), _tensor(gain), _tensor(bias)
    centred = x.data - x.data.mean()
    scale = ((centred**2).mean() + eps) ** -0.5
    z = centred * scale

    def to_x(g, out, a, gain, bias):
        h = g * gain
        return scale * (h - h.mean() - z * (h * z).mean())

    data = z * gain.data + bias.data
    return _op(data, (x, gain, bias), to_x, lambda g, *_: g * z, lambda g, *_: g)
