"""The i-th most frequent symbol has i ones and a zero."""

question = "q5"


def huffman_code(weights):
    if not weights or not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    falling = sorted(weights, key=lambda symbol: -weights[symbol])
    code = {symbol: "1" * i + "0" for i, symbol in enumerate(falling)}
    if len(falling) > 1:
        code[falling[-1]] = "1" * (len(falling) - 1)
    return code
