"""The result of a sparse graph is in CSC format."""

question = "q2"
_right = laplacian


def laplacian(w, kind):
    result = _right(w, kind)
    return result.tocsc() if sp.issparse(result) else result
