"""The weights have to be an array."""

question = "q8"
_right = attention_entropy


def attention_entropy(weights):
    return _right(weights.astype(weights.dtype))
