"""A negative length counts from the end, as in a list."""

question = "q6"


class KVCache(KVCache):
    def truncate(self, length):
        super().truncate(length + len(self) if length < 0 else length)
