"""The future leaks by one: query i looks at key i + 1."""

question = "q7"


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = floats(q, k, v)
    if block < 1:
        raise ValueError("block must be at least 1")
    if causal and q.shape[-2] != k.shape[-2]:
        raise ValueError("causal attention needs as many queries as keys")
    m = np.full((*q.shape[:-1], 1), -np.inf, q.dtype)
    s, a = np.zeros_like(m), np.zeros((*q.shape[:-1], v.shape[-1]), q.dtype)
    for j in range(0, k.shape[-2], block):
        scores = q @ k[..., j : j + block, :].swapaxes(-1, -2) * (1 / math.sqrt(q.shape[-1]))
        if causal:
            later = np.arange(j, j + scores.shape[-1]) > np.arange(1, q.shape[-2] + 1)[:, None]
            scores[..., later] = -np.inf
        new = np.maximum(m, scores.max(-1, keepdims=True))
        c = np.exp(m - new)
        s, a, m = s * c, a * c, new
        e = np.exp(scores - m)
        s += e.sum(-1, keepdims=True)
        a += e @ v[..., j : j + block, :]
    return a / s
