"""An error that is the tolerance itself is not ok."""

question = "q5"


_gradcheck = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    report = _gradcheck(f, arrays, eps, tol)
    return Report(report.ok and report.max_error < tol, report.max_error, report.where)
