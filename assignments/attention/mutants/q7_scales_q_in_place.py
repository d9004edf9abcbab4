"""q is divided by √d in place."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    output = _right(q, k, v, block, causal)
    if isinstance(q, np.ndarray) and q.dtype.kind == "f":
        q /= math.sqrt(q.shape[-1])
    return output
