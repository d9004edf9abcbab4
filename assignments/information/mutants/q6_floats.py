"""Both ends of the interval are floats."""

question = "q6"


def arithmetic_encode(symbols, model):
    low, width, past = 0.0, 1.0, []
    for symbol in symbols:
        p = np.asarray(model(list(past)), dtype=np.float64)
        if not 0 <= symbol < len(p) or not p[symbol] > 0:
            raise ValueError(f"symbols: {symbol} is impossible")
        low, width = low + width * float(p[:symbol].sum()), width * float(p[symbol])
        past.append(symbol)
    bits, size = "", 1.0
    value = 0.0
    while not low <= value < low + width and len(bits) < 1080:
        size /= 2
        bit = value + size < low + width
        value += size * bit
        bits += "01"[bit]
    return bits


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError(f"n must be at least 0, not {n}")
    value = math.fsum(2.0 ** -(i + 1) for i, bit in enumerate(bits) if bit == "1")
    low, width, past = 0.0, 1.0, []
    for _ in range(n):
        edges = np.cumsum(np.asarray(model(list(past)), dtype=np.float64))
        symbol = int(np.searchsorted(low + width * edges, value, side="right"))
        symbol = min(symbol, len(edges) - 1)
        begin = float(edges[symbol - 1]) if symbol else 0.0
        low, width = low + width * begin, width * (float(edges[symbol]) - begin)
        past.append(symbol)
    return past
