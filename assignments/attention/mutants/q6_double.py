"""The cache is an array of float64 from the beginning."""

question = "q6"


class KVCache(KVCache):
    def append(self, k, v):
        super().append(np.asarray(k, dtype=np.float64), np.asarray(v, dtype=np.float64))
