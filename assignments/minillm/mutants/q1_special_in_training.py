"""Training counts pairs within special tokens."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        kept, self.special = self.special, []
        self._set([])
        super().train(text, vocab_size)
        self.special = kept
        self._set(self._merges)
