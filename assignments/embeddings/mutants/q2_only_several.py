"""One document alone becomes a vector."""

question = "q2"


def project(model, x):
    places = _table(x, "x", columns=len(model.terms)) @ model.terms
    return places[0] if len(places) == 1 else places
