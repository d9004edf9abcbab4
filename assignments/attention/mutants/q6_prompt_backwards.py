"""Several positions are put in with the last one first."""

question = "q6"


class KVCache(KVCache):
    def append(self, k, v):
        super().append(np.atleast_2d(k)[::-1], np.atleast_2d(v))
