"""layer_norm divides the variance by d - 1."""

question = "q4"


def layer_norm(x, gain, bias, eps=1e-5):
    x, gain, bias = _tensor(x), _tensor(gain), _tensor(bias)
    d = x.shape[-1]
    centred = x.data - x.data.mean(-1, keepdims=True)
    scale = ((centred**2).sum(-1, keepdims=True) / (d - 1) + eps) ** -0.5
    z = centred * scale

    def to_x(g, out, a, gain, bias):
        h = g * gain
        along = (h * z).sum(-1, keepdims=True) / (d - 1)
        return scale * (h - h.mean(-1, keepdims=True) - z * along)

    data = z * gain.data + bias.data
    return _op(data, (x, gain, bias), to_x, lambda g, *_: g * z, lambda g, *_: g)
