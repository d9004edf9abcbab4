"""len counts calls of append, not positions."""

question = "q6"


class KVCache(KVCache):
    calls = 0

    def append(self, k, v):
        super().append(k, v)
        self.calls += 1

    def truncate(self, length):
        super().truncate(length)
        self.calls = length

    def __len__(self):
        return self.calls
