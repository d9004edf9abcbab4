"""A mutable default: all caches hold the same lists."""

question = "q6"


class KVCache:
    def __init__(self, keys=[], values=[]):  # the mistake
        self._k, self._v = keys, values

    def __len__(self):
        return len(self._k)

    def append(self, k, v):
        k, v = floats(k, v)
        self._k += list(np.atleast_2d(k))
        self._v += list(np.atleast_2d(v))

    def truncate(self, length):
        if not 0 <= length <= len(self):
            raise ValueError("length must lie in 0 … len(cache)")
        del self._k[length:], self._v[length:]

    @property
    def keys(self):
        return np.stack(self._k)

    @property
    def values(self):
        return np.stack(self._v)
