"""Words are told by their length."""

question = "q5"


def decode(bits, code):
    symbol_of, symbols, word = {word: symbol for symbol, word in code.items()}, [], ""
    for bit in bits:
        word += bit
        if len(word) in map(len, symbol_of):
            symbols.append(symbol_of.get(word, next(iter(code))))
            word = ""
    if word:
        raise ValueError(f"bits: {word[:40]!r} at the end is no word of the code")
    return symbols
