"""The whole matrix after all: right, but not in the memory that was asked for."""

question = "q7"


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = floats(q, k, v)
    if block < 1:
        raise ValueError("block must be at least 1")
    if causal and q.shape[-2] != k.shape[-2]:
        raise ValueError("causal attention needs as many queries as keys")
    mask = np.tri(q.shape[-2], dtype=bool) if causal else None
    return _attend(q, k, v, mask)[0]
