"""The scores of the new position are not divided by the root of d."""

question = "q6"


def decode_step(head, x_t, cache):
    x_t, wq, wk, wv = floats(x_t, head.wq, head.wk, head.wv)
    cache.append(x_t @ wk, x_t @ wv)
    q = x_t @ wq * math.sqrt(wq.shape[1])
    return _attend(q[None], cache.keys, cache.values, None)[0][0]
