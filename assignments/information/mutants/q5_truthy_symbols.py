"""Symbols that are false in Python are no symbols."""

question = "q5"


def decode(bits, code):
    symbol_of, symbols, word = {word: symbol for symbol, word in code.items()}, [], ""
    for bit in bits:
        word += bit
        if symbol_of.get(word):
            symbols.append(symbol_of[word])
            word = ""
    if word:
        raise ValueError(f"bits: {word[:40]!r} at the end is no word of the code")
    return symbols
