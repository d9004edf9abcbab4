"""A length above len(cache) keeps everything, without an error."""

question = "q6"


class KVCache(KVCache):
    def truncate(self, length):
        super().truncate(min(length, len(self)))
