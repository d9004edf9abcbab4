"""A mask of 0 and 1 is taken as it comes."""

question = "q2"


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = floats(q, k, v)
    return _attend(q, k, v, None if mask is None else np.asarray(mask).astype(bool))
