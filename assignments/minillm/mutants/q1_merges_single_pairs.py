"""Training goes on with pairs that occur once."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        super().train(text, vocab_size)
        if self.pattern is not None or self.special:
            return
        ids = self.encode(text)
        while len(ids) > 1 and 256 + len(self._merges) < vocab_size:
            pair = ids[0], ids[1]
            ids = _merge(ids, pair, 256 + len(self._merges))
            self._set([*self._merges, pair])
