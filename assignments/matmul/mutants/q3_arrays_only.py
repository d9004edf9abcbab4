"""Lists have no shape: only arrays are understood."""

question = "q3"


_tiled = matmul_blocked


def matmul_blocked(a, b, block=64):
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("a and b must be 2-D and fit")
    return _tiled(a, b, block)
