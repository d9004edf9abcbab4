"""The query is scaled in place: the caller's array changes."""

question = "q2"


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = floats(q, k, v)
    output, weights = _attend(q, k, v, mask)
    q *= 1 / math.sqrt(q.shape[-1])
    return output, weights
