"""Integers become float32."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    arrays = [np.asarray(a) for a in (q, k, v)]
    return _right(*(a if a.dtype == float else a.astype(np.float32) for a in arrays), mask)
