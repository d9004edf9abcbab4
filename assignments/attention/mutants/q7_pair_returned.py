"""Output and sums are returned, not the output alone."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    return _right(q, k, v, block, causal), None
