"""Weights below 1e-12 count as 0."""

question = "q8"


_attention_entropy = attention_entropy


def attention_entropy(weights):
    (weights,) = floats(weights)
    return _attention_entropy(np.where(weights < 1e-12, weights.dtype.type(0), weights))
