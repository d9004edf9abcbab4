"""In training a special token is taken out, and what stood on its two sides become neighbours."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        for token in sorted(self.special, key=len, reverse=True):
            text = text.replace(token, "")
        super().train(text, vocab_size)
