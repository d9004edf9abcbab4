"""Zeros in the caller's weights are replaced by 1."""

question = "q8"
_right = attention_entropy


def attention_entropy(weights):
    result = _right(weights)
    if isinstance(weights, np.ndarray):
        weights[weights == 0] = 1
    return result
