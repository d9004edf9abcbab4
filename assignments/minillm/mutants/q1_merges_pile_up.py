"""A second training goes on after the merges of the first."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        old = list(self._merges)
        super().train(text, vocab_size)
        self._set([*old, *(m for m in self._merges if m not in old)])
