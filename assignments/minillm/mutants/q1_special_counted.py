"""Special tokens are counted in vocab_size."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        super().train(
            text, vocab_size if vocab_size < 256 else max(vocab_size - len(self.special), 256)
        )
