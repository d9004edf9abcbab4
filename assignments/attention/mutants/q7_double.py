"""Everything becomes float64."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    return _right(np.asarray(q, np.float64), k, v, block, causal)
