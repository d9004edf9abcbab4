"""With an odd width the last entry is left alone instead of refused."""

question = "q5"


def rope(x, positions, base=10000.0):
    (x,) = floats(x)
    even = x.shape[-1] - x.shape[-1] % 2
    angles = _angles(np.asarray(positions, np.float64), even, base) if even else np.zeros((1, 0))
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    turned = x.copy()
    turned[..., 0:even:2] = x[..., 0:even:2] * cos - x[..., 1:even:2] * sin
    turned[..., 1:even:2] = x[..., 0:even:2] * sin + x[..., 1:even:2] * cos
    return turned
