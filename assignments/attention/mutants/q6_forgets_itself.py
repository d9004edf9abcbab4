"""The new position joins the cache after the average: it does not look at itself."""

question = "q6"


def decode_step(head, x_t, cache):
    x_t, wq, wk, wv = floats(x_t, head.wq, head.wk, head.wv)
    if not len(cache):
        cache.append(x_t @ wk, x_t @ wv)
        return x_t @ wv
    output, _ = _attend((x_t @ wq)[None], cache.keys, cache.values, None)
    cache.append(x_t @ wk, x_t @ wv)
    return output[0]
