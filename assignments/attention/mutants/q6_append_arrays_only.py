"""Whether one or several positions come is asked of `k.ndim`, which a list does not have."""

question = "q6"


class KVCache(KVCache):
    def append(self, k, v):
        super().append(k[None] if k.ndim == 1 else k, v)
