"""A block larger than the number of keys is refused."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    if block > np.shape(k)[-2]:
        raise ValueError("block is larger than the number of keys")
    return _right(q, k, v, block, causal)
