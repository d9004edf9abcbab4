"""gradcheck takes differences of width 1e-6 whatever it is told."""

question = "q5"
_with_eps = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    return _with_eps(f, arrays, tol=tol)
