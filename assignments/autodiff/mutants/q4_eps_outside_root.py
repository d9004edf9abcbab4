"""layer_norm adds eps to the standard deviation, outside the root."""

question = "q4"


def layer_norm(x, gain, bias, eps=1e-5):
    x, gain, bias = _tensor(x), _tensor(gain), _tensor(bias)
    centred = x.data - x.data.mean(-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(-1, keepdims=True))
    z = centred / (deviation + eps)

    def to_x(g, out, a, gain, bias):
        h = g * gain
        along = (h * centred).mean(-1, keepdims=True) / deviation
        return (h - h.mean(-1, keepdims=True) - z * along) / (deviation + eps)

    data = z * gain.data + bias.data
    return _op(data, (x, gain, bias), to_x, lambda g, *_: g * z, lambda g, *_: g)
