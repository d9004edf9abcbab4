"""The model is told how many symbols there were."""

question = "q6"


def arithmetic_encode(symbols, model):
    low, width, owed, past, bits = 0, _ONE, 0, [], []
    for symbol in symbols:
        edges = _edges(model([0] * len(past)))
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


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError(f"n must be at least 0, not {n}")
    low, width, past = 0, _ONE, []
    value, place = int(bits[:_BITS].ljust(_BITS, "0"), 2), _BITS
    for _ in range(n):
        edges = _edges(model([0] * len(past)))
        begins = [width * edge // edges[-1] for edge in edges]
        symbol = bisect_right(begins, value - low) - 1
        low, width = _part(low, width, edges, symbol)
        past.append(symbol)
        while (half := _half(low, width)) is not None:
            low, width = _stretched(low, width, half)
            value, _ = _stretched(value, 0, half)
            value += bits[place : place + 1] == "1"
            place += 1
    return past
