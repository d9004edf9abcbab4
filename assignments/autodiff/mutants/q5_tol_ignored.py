"""The tolerance is always 1e-5."""

question = "q5"


_with_tolerance = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    return _with_tolerance(f, arrays, eps)
