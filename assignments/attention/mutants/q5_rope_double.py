"""float32 becomes float64, through the angles."""

question = "q5"


def rope(x, positions, base=10000.0):
    x = np.asarray(x, dtype=np.float64)
    if x.shape[-1] % 2:
        raise ValueError("x must have an even last axis")
    angles = _angles(np.asarray(positions, np.float64), x.shape[-1], base)
    turned = np.empty_like(x)
    turned[..., 0::2] = x[..., 0::2] * np.cos(angles) - x[..., 1::2] * np.sin(angles)
    turned[..., 1::2] = x[..., 0::2] * np.sin(angles) + x[..., 1::2] * np.cos(angles)
    return turned
