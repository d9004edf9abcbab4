"""Answers are kept, and whoever writes into one changes the model."""

question = "q7"


_true_model = context_model


def context_model(text, order, alphabet, strength=1.0):
    ask, known = _true_model(text, order, alphabet, strength), {}

    def model(past):
        key = tuple(past)
        if key not in known:
            known[key] = ask(past)
        return known[key]

    return model
