"""A vocabulary smaller than the bytes is taken for one of the bytes."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        super().train(text, max(vocab_size, 256))
