"""The model is asked twice for each symbol."""

question = "q6"


def arithmetic_encode(symbols, model):
    low, width, owed, past, bits = 0, _ONE, 0, [], []
    for symbol in symbols:
        model(list(past))
        edges = _edges(model(past))
        if not 0 <= symbol < len(edges) - 1 or edges[symbol] == edges[symbol + 1]:
            raise ValueError(f"symbols: {symbol} is impossible after {past[-10:]}")
        low, width = _part(low, width, edges, symbol)
        past.append(int(symbol))
        while (half := _half(low, width)) is not None:
            if half == "middle":
                owed += 1
            else:
                bits.append(half + "10"[int(half)] * owed)
                owed = 0
            low, width = _stretched(low, width, half)
    # What lies in no half holds 1/2, which is "1" and zeros, and zeros are read after the end.
    return "".join(bits) + "1"
