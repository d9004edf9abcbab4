"""The turn goes the other way round."""

question = "q5"


def rope(x, positions, base=10000.0):
    (x,) = floats(x)
    if x.shape[-1] % 2:
        raise ValueError("x must have an even last axis")
    angles = _angles(np.asarray(positions, np.float64), x.shape[-1], base)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    turned = np.empty_like(x)
    turned[..., 0::2] = x[..., 0::2] * cos + x[..., 1::2] * sin
    turned[..., 1::2] = x[..., 1::2] * cos - x[..., 0::2] * sin
    return turned
