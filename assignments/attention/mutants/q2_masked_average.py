"""A query that may look at nothing gets the average of the values."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    output, weights = _right(q, k, v, mask)
    empty = weights.sum(-1, keepdims=True) == 0
    weights = np.where(empty, weights.dtype.type(1 / weights.shape[-1]), weights)
    return weights @ floats(output, v)[1].astype(output.dtype), weights
