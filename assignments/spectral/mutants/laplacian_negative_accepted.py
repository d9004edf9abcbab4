"""Negative weights are taken as they are."""

question = "q2"
_right = laplacian


def laplacian(w, kind):
    return _right(abs(w) if sp.issparse(w) else np.abs(np.asarray(w)), kind)
