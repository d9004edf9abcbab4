"""The last symbol comes first."""

question = "q5"


def encode(symbols, code):
    try:
        return "".join(code[symbol] for symbol in list(symbols)[::-1])
    except KeyError as error:
        raise ValueError(f"symbols: {error.args[0]!r} has no word in the code") from None
