"""With two leading axes the mask of the first head counts for all."""

question = "q2"
_right = scaled_dot_product_attention


def scaled_dot_product_attention(q, k, v, mask=None):
    if np.ndim(mask) == 4:
        mask = np.asarray(mask)[:, :1]
    return _right(q, k, v, mask)
