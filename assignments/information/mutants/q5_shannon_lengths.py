"""Words as long as the surprise, rounded up."""

question = "q5"


def huffman_code(weights):
    if not weights or not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    total = sum(weights.values()) or 1
    code, begin = {}, 0.0
    for symbol, weight in sorted(weights.items(), key=lambda item: -item[1]):
        length = max(1, math.ceil(-math.log2(max(weight / total, 1e-12)) - 1e-9))
        code[symbol] = format(int(begin * 2**length), f"0{length}b")
        begin += 2.0**-length
    return code
