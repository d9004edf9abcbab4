"""The caller's mask is negated in place."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    output, weights = _right(q, k, v, mask)
    if mask is not None:
        np.logical_not(mask, out=np.asarray(mask))
    return output, weights
