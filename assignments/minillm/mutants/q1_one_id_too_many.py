"""Training makes vocab_size merges' ids, counted without the first: one too many."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        super().train(text, vocab_size if vocab_size < 256 else vocab_size + 1)
