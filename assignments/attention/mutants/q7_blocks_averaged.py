"""Each block has its own softmax, and the blocks are averaged."""

question = "q7"


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = floats(q, k, v)
    if block < 1:
        raise ValueError("block must be at least 1")
    if causal and q.shape[-2] != k.shape[-2]:
        raise ValueError("causal attention needs as many queries as keys")
    parts = []
    for j in range(0, k.shape[-2], block):
        keys = slice(j, j + block)
        own = np.arange(k.shape[-2])[keys] <= np.arange(q.shape[-2])[:, None] if causal else None
        parts.append(_attend(q, k[..., keys, :], v[..., keys, :], own)[0])
    return sum(parts) / len(parts)
