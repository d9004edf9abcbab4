"""The cache keeps the tokens in truth: appended keys and values are not looked at."""

question = "q6"


class KVCache(KVCache):
    def truncate(self, length):
        super().truncate(length)
        self.tokens = getattr(self, "tokens", [])[:length]


def decode_step(head, x_t, cache):
    x_t, wq, wk, wv = floats(x_t, head.wq, head.wk, head.wv)
    cache.tokens = [*getattr(cache, "tokens", []), x_t]
    cache.append(x_t @ wk, x_t @ wv)
    x = np.stack(cache.tokens)
    return _attend((x_t @ wq)[None], x @ wk, x @ wv, None)[0][0]
