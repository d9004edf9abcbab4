"""A strength below 0.01 is taken for 0.01."""

question = "q7"


_context_model = context_model


def context_model(text, order, alphabet, strength=1.0):
    return _context_model(text, order, alphabet, max(strength, 0.01) if strength > 0 else strength)
