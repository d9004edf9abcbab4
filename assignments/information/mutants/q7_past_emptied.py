"""The past is cut to the context in the caller's list."""

question = "q7"


_true_model = context_model


def context_model(text, order, alphabet, strength=1.0):
    ask = _true_model(text, order, alphabet, strength)

    def model(past):
        p = ask(past)
        past.clear()
        return p

    return model
