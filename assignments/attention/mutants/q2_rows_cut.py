"""Values that are too few are met with fewer keys, without an error."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = floats(q, k, v)
    n = min(k.shape[-2], v.shape[-2])
    return _right(q, k[..., :n, :], v[..., :n, :], mask)
