"""A kind that is unknown is taken for symmetric."""

question = "q2"
_right = laplacian


def laplacian(w, kind):
    return _right(w, kind if kind in ("unnormalized", "random-walk") else "symmetric")
