"""A text of less than two characters is refused."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        if len(text) < 2:
            raise ValueError("text is too short")
        super().train(text, vocab_size)
