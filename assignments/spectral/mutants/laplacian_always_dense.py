"""A sparse graph has a dense Laplacian."""

question = "q2"
_right = laplacian


def laplacian(w, kind):
    result = _right(w, kind)
    return result.toarray() if sp.issparse(result) else result
