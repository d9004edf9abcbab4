"""The result is kept for the next call of that shape: old results change."""

question = "q4"


_kept = {}


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    c = _strassen(a.astype(dtype, copy=False), b.astype(dtype, copy=False), leaf)
    kept = _kept.setdefault((c.shape, dtype.str), np.empty_like(c))
    kept[:] = c
    return kept
