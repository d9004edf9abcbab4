"""Integers become float32."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    output = _right(q, k, v, block, causal)
    return output.astype(np.float32) if np.asarray(q).dtype.kind == "i" else output
