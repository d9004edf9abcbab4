"""Off by one: position 0 is left out once there are others."""

question = "q6"


def decode_step(head, x_t, cache):
    x_t, wq, wk, wv = floats(x_t, head.wq, head.wk, head.wv)
    cache.append(x_t @ wk, x_t @ wv)
    first = 1 if len(cache) > 1 else 0
    return _attend((x_t @ wq)[None], cache.keys[first:], cache.values[first:], None)[0][0]
