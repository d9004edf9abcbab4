"""truncate shortens the keys; the values stay, and new ones are added behind the old."""

question = "q6"


class KVCache(KVCache):
    def __init__(self):
        super().__init__()
        self.all_values = []

    def append(self, k, v):
        super().append(k, v)
        self.all_values += list(np.atleast_2d(v))

    @property
    def values(self):
        return np.stack(self.all_values[: len(self)])
