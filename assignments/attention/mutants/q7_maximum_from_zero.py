"""The maximum starts at 0, not at -inf: scores far below zero are lost."""

question = "q7"


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = floats(q, k, v)
    if block < 1:
        raise ValueError("block must be at least 1")
    if causal and q.shape[-2] != k.shape[-2]:
        raise ValueError("causal attention needs as many queries as keys")
    m = np.zeros((*q.shape[:-1], 1), q.dtype)
    s, a = np.zeros_like(m), np.zeros((*q.shape[:-1], v.shape[-1]), q.dtype)
    for j in range(0, k.shape[-2], block):
        scores = q @ k[..., j : j + block, :].swapaxes(-1, -2) * (1 / math.sqrt(q.shape[-1]))
        if causal:
            later = np.arange(j, j + scores.shape[-1]) > np.arange(q.shape[-2])[:, None]
            scores[..., later] = -np.inf
        new = np.maximum(m, scores.max(-1, keepdims=True))
        c = np.exp(m - new)
        e = np.exp(scores - new)
        s, a, m = s * c + e.sum(-1, keepdims=True), a * c + e @ v[..., j : j + block, :], new
    return a / np.where(s == 0, 1, s)
