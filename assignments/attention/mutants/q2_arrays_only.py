"""Lists have no shape: only arrays are taken."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1]:
        raise ValueError("q and k do not fit")
    return _right(q, k, v, mask)
