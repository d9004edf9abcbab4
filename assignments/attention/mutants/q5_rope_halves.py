"""Entry i is paired with entry i + d/2, as in some libraries, not with its neighbour."""

question = "q5"


def rope(x, positions, base=10000.0):
    (x,) = floats(x)
    if x.shape[-1] % 2:
        raise ValueError("x must have an even last axis")
    angles = _angles(np.asarray(positions, np.float64), x.shape[-1], base)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    first, second = np.split(x, 2, axis=-1)
    return np.concatenate([first * cos - second * sin, first * sin + second * cos], axis=-1)
