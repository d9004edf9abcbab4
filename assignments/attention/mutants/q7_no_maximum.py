"""No maximum is kept: large scores overflow."""

question = "q7"


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = floats(q, k, v)
    if block < 1:
        raise ValueError("block must be at least 1")
    if causal and q.shape[-2] != k.shape[-2]:
        raise ValueError("causal attention needs as many queries as keys")
    s, a = 0, 0
    for j in range(0, k.shape[-2], block):
        scores = q @ k[..., j : j + block, :].swapaxes(-1, -2) * (1 / math.sqrt(q.shape[-1]))
        if causal:
            later = np.arange(j, j + scores.shape[-1]) > np.arange(q.shape[-2])[:, None]
            scores[..., later] = -np.inf
        e = np.exp(scores)
        s = s + e.sum(-1, keepdims=True)
        a = a + e @ v[..., j : j + block, :]
    return a / s
