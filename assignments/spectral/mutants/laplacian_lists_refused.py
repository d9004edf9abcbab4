"""w has to have a shape: a list of lists is refused."""

question = "q2"
_right = laplacian


def laplacian(w, kind):
    if len(w.shape) != 2:
        raise ValueError("w must be square")
    return _right(w, kind)
