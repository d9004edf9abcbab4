"""q has to be an array."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    return _right(q.astype(q.dtype), k, v, block, causal)
