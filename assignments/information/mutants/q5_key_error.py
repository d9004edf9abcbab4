"""A symbol without a word is a KeyError."""

question = "q5"


def encode(symbols, code):
    try:
        return "".join(code[symbol] for symbol in symbols)
    except KeyError:
        raise
