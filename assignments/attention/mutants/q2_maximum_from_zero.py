"""The search for the maximum starts at 0: scores far below zero all become 0."""

question = "q2"


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = floats(q, k, v)
    if mask is not None and np.asarray(mask).dtype != bool:
        raise ValueError("mask must be boolean")
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("q, k and v do not fit")
    scores = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(-1, keepdims=True, initial=0))
    total = e.sum(-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ v, weights
