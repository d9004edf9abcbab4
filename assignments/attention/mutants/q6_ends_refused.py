"""The full length is refused."""

question = "q6"


class KVCache(KVCache):
    def truncate(self, length):
        if length >= len(self) > 0:
            raise ValueError("length must lie below len(cache)")
        super().truncate(length)
