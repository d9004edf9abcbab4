"""Sizes above 512 are not kept: as many merges again are learned as there are bytes."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        super().train(text, vocab_size + 256 if vocab_size > 512 else vocab_size)
