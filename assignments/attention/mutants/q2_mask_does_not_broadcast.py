"""The mask is used as an index, so it has to have the shape of the scores."""

question = "q2"


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = floats(q, k, v)
    if mask is not None and np.asarray(mask).dtype != bool:
        raise ValueError("mask must be boolean")
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("q, k and v do not fit")
    scores = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        if np.ndim(mask) == 2:
            scores[..., ~mask] = -np.inf
        else:
            scores[~mask] = -np.inf
    weights = _softmax_rows(scores)
    return weights @ v, weights
