"""The scale is a NumPy float64, which turns float32 into float64."""

question = "q2"


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = floats(q, k, v)
    return _attend(q * np.sqrt(np.float64(1.0)), k.astype(np.float64), v, mask)
