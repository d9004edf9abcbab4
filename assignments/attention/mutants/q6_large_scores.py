"""Nothing is subtracted before the exponential."""

question = "q6"


def decode_step(head, x_t, cache):
    x_t, wq, wk, wv = floats(x_t, head.wq, head.wk, head.wv)
    cache.append(x_t @ wk, x_t @ wv)
    e = np.exp(cache.keys @ (x_t @ wq) / math.sqrt(wq.shape[1]))
    return e / e.sum() @ cache.values
