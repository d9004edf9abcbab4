"""Special tokens are encoded like any text."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def encode(self, text):
        kept, self.special = self.special, []
        try:
            return super().encode(text)
        finally:
            self.special = kept
