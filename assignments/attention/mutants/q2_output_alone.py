"""The weights are not returned."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    return _right(q, k, v, mask)[0]
