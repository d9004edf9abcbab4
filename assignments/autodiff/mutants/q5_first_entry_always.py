"""The place of the largest error is always the first entry of its array."""

question = "q5"
_right = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    report = _right(f, arrays, eps, tol)
    number, index = report.where
    return Report(report.ok, report.max_error, (number, tuple(0 for _ in index)))
