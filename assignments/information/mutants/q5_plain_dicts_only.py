"""A Counter is refused."""

question = "q5"


_huffman_code = huffman_code


def huffman_code(weights):
    if type(weights) is not dict:
        raise ValueError("weights")
    return _huffman_code(weights)
