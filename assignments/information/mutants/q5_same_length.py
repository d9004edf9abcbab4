"""All words are equally long."""

question = "q5"


def huffman_code(weights):
    if not weights or not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    length = max(1, (len(weights) - 1).bit_length())
    return {symbol: format(i, f"0{length}b") for i, symbol in enumerate(weights)}
