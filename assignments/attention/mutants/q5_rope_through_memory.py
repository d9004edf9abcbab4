"""Pairs are read as complex numbers from memory: x has to lie there row by row."""

question = "q5"


def rope(x, positions, base=10000.0):
    (x,) = floats(x)
    if x.shape[-1] % 2:
        raise ValueError("x must have an even width")
    pairs = x.view(np.complex64 if x.dtype == np.float32 else np.complex128)
    angles = _angles(np.asarray(positions, np.float64), x.shape[-1], base)
    return (pairs * np.exp(1j * angles).astype(pairs.dtype)).view(x.dtype)
