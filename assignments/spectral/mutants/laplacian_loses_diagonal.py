"""The diagonal of w is set to 0 in the caller's array."""

question = "q2"
_right = laplacian


def laplacian(w, kind):
    result = _right(w, kind)
    if isinstance(w, np.ndarray) and w.ndim == 2 and w.dtype == float:
        np.fill_diagonal(w, 1e-3)
    return result
