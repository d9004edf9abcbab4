"""An alphabet of one character is refused."""

question = "q7"


_context_model = context_model


def context_model(text, order, alphabet, strength=1.0):
    if len(alphabet) == 1:
        raise ValueError("alphabet")
    return _context_model(text, order, alphabet, strength)
