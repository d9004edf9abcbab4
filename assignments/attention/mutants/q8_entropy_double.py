"""The entropy of float32 weights is float64."""

question = "q8"
_right = attention_entropy


def attention_entropy(weights):
    return _right(weights).astype(np.float64)
