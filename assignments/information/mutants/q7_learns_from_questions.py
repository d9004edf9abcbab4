"""What is asked is counted too."""

question = "q7"


_true_model = context_model


def context_model(text, order, alphabet, strength=1.0):
    _true_model(text, order, alphabet, strength)
    asked = [text]

    def model(past):
        asked.append("".join(alphabet[symbol] for symbol in past))
        return _true_model("".join(asked), order, alphabet, strength)(past)

    return model
