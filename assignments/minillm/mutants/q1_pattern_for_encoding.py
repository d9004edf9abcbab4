"""The pattern cuts in encoding only."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        pattern, self.pattern = self.pattern, None
        try:
            super().train(text, vocab_size)
        finally:
            self.pattern = pattern
