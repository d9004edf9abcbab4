"""The output lies in a buffer that the next call of the same size overwrites."""

question = "q2"
_right, _buffers = scaled_dot_product_attention, {}


def scaled_dot_product_attention(q, k, v, mask=None):
    output, weights = _right(q, k, v, mask)
    buffer = _buffers.setdefault((output.shape, output.dtype), np.empty_like(output))
    buffer[...] = output
    return buffer, weights
