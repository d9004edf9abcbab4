"""The pattern cuts in training only."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def encode(self, text):
        pattern, self.pattern = self.pattern, None
        try:
            return super().encode(text)
        finally:
            self.pattern = pattern
