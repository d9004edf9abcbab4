"""The coordinates are turned back into words."""

question = "q2"


def project(model, x):
    return _table(x, "x", columns=len(model.terms)) @ model.terms @ model.terms.T
