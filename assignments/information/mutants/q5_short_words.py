"""The most frequent symbols have the shortest numbers, and words begin each other."""

question = "q5"


def huffman_code(weights):
    if not weights or not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    falling = sorted(weights, key=lambda symbol: -weights[symbol])
    return {symbol: format(i, "b") for i, symbol in enumerate(falling)}
