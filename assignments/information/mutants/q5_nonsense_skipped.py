"""A piece that is no word is skipped."""

question = "q5"


def decode(bits, code):
    symbol_of, symbols, word = {word: symbol for symbol, word in code.items()}, [], ""
    longest = max(map(len, symbol_of))
    for bit in bits:
        word += bit
        if word in symbol_of:
            symbols.append(symbol_of[word])
            word = ""
        elif len(word) == longest:
            word = ""
    if word:
        raise ValueError(f"bits: {word!r} at the end is no word of the code")
    return symbols
