"""Lengths outside 0 … len are taken as slices take them."""

question = "q6"


class KVCache(KVCache):
    def truncate(self, length):
        super().truncate(len(range(len(self))[:length]))
