"""Other columns end in an error of NumPy without a name."""

question = "q2"


def project(model, x):
    return _table(x, "x")[:, : len(model.terms)] @ model.terms
