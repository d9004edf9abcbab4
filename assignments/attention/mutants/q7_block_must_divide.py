"""A block that does not divide the number of keys is refused."""

question = "q7"
_right = streaming_attention


def streaming_attention(q, k, v, block=128, causal=False):
    t_k = np.shape(k)[-2]
    if 1 <= block < t_k and t_k % block:
        raise ValueError(f"block = {block} does not divide {t_k}")
    return _right(q, k, v, block, causal)
