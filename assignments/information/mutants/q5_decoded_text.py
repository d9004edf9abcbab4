"""The symbols are joined to a text."""

question = "q5"


def decode(bits, code):
    symbol_of, symbols, word = {word: symbol for symbol, word in code.items()}, [], ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            symbols.append(symbol_of[word])
            word = ""
    if word:
        raise ValueError(f"bits: {word[:40]!r} at the end is no word of the code")
    return "".join(map(str, symbols))
