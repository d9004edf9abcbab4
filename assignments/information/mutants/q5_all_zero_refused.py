"""Weights that are all 0 are refused."""

question = "q5"


_huffman_code = huffman_code


def huffman_code(weights):
    if weights and not any(weights.values()):
        raise ValueError("weights")
    return _huffman_code(weights)
