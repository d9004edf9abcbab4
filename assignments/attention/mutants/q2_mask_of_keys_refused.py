"""A mask with the axis of keys alone is refused."""

question = "q2"


_any_mask = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    if mask is not None and np.ndim(mask) < 2:
        raise ValueError("mask must have the axes (query, key)")
    return _any_mask(q, k, v, mask)
