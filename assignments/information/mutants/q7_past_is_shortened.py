"""The caller's list is cut to the last `order` symbols."""

question = "q7"


_context_model = context_model


def context_model(text, order, alphabet, strength=1.0):
    m = _context_model(text, order, alphabet, strength)

    def model(past):
        del past[: max(0, len(past) - order)]
        return m(past)

    return model
