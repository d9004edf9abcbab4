"""Lists are refused."""

question = "q2"


def project(model, x):
    if isinstance(x, list):
        raise TypeError("x must be an array")
    return _table(x, "x", columns=len(model.terms)) @ model.terms
