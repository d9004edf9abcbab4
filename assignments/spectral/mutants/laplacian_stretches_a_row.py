"""One row or one column is stretched to a square."""

question = "q2"


def laplacian(w, kind):
    sparse = sp.issparse(w)
    w = sp.csr_array(w, dtype=np.float64) if sparse else np.asarray(w, dtype=np.float64)
    if w.ndim != 2 or (w.shape[0] != w.shape[1] and 1 not in w.shape):
        raise ValueError(f"w must be square, not {w.shape}")
    if ((w.data if sparse else w) < 0).any():
        raise ValueError("w must not have negative weights")
    degree = w.sum(axis=1)  # (n,)
    known = degree > 0
    inverse = np.divide(1.0, degree, out=np.zeros_like(degree), where=known)
    # Each kind is diag(diagonal) - diag(left) W diag(right).
    ones = np.ones_like(degree)
    kinds = {
        "unnormalized": (degree, ones, ones),
        "symmetric": (known.astype(float), np.sqrt(inverse), np.sqrt(inverse)),
        "random-walk": (known.astype(float), inverse, ones),
    }
    if kind not in kinds:
        raise ValueError(f"kind must be one of {', '.join(kinds)}, not {kind!r}")
    diagonal, left, right = kinds[kind]
    if sparse:
        scaled = sp.diags_array(left) @ w @ sp.diags_array(right)
        return sp.csr_array(sp.diags_array(diagonal) - scaled)
    return np.diag(diagonal) - left[:, None] * w * right
