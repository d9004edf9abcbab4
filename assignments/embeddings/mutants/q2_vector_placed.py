"""A vector is one document."""

question = "q2"


def project(model, x):
    return _table(np.atleast_2d(x), "x", columns=len(model.terms)) @ model.terms
