"""The documents are centred."""

question = "q2"


def project(model, x):
    x = _table(x, "x", columns=len(model.terms))
    return (x - x.mean(axis=0)) @ model.terms
