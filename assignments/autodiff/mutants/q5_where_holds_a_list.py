"""The index of the worst entry is a list."""

question = "q5"


_gradcheck = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    report = _gradcheck(f, arrays, eps, tol)
    return Report(report.ok, report.max_error, (report.where[0], list(report.where[1])))
