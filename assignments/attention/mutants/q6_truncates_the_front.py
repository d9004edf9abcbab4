"""truncate keeps the last positions instead of the first."""

question = "q6"


class KVCache(KVCache):
    def truncate(self, length):
        cut = len(self) - length
        keys, values = (None, None) if not len(self) else (self.keys.copy(), self.values.copy())
        super().truncate(length)
        if length:
            self._keys[:length], self._values[:length] = keys[cut:], values[cut:]
