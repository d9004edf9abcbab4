"""Each symbol is rounded up to whole bits."""

question = "q6"


def arithmetic_encode(symbols, model):
    past, bits = [], ""
    for symbol in symbols:
        p = np.asarray(model(list(past)), dtype=np.float64)
        if not 0 <= symbol < len(p) or not p[symbol] > 0:
            raise ValueError(f"symbols: {symbol} is impossible")
        length = 1 + math.ceil(-math.log2(p[symbol]))
        begin = math.ceil(float(p[:symbol].sum()) * 2**length)
        bits += format(min(begin, 2**length - 1), f"0{length}b")
        past.append(symbol)
    return bits


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError(f"n must be at least 0, not {n}")
    past, at = [], 0
    for _ in range(n):
        p = np.asarray(model(list(past)), dtype=np.float64)
        for symbol in range(len(p)):
            if p[symbol] > 0:
                length = 1 + math.ceil(-math.log2(p[symbol]))
                begin = math.ceil(float(p[:symbol].sum()) * 2**length)
                if bits[at : at + length] == format(min(begin, 2**length - 1), f"0{length}b"):
                    break
        past.append(symbol)
        at += length
    return past
