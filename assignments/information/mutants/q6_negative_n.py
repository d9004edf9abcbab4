"""A negative number of symbols is none."""

question = "q6"


def arithmetic_decode(bits, n, model):
    low, width, past = 0, _ONE, []
    value, place = int(bits[:_BITS].ljust(_BITS, "0"), 2), _BITS
    for _ in range(n):
        edges = _edges(model(past))
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
