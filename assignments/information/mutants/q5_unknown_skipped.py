"""Symbols without a word are left out."""

question = "q5"


def encode(symbols, code):
    try:
        return "".join(code.get(symbol, "") for symbol in symbols)
    except KeyError as error:
        raise ValueError(f"symbols: {error.args[0]!r} has no word in the code") from None
