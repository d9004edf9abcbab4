"""CharTokenizer.decode takes negative ids from the end of the vocabulary."""

question = "q1"


class CharTokenizer(CharTokenizer):
    def decode(self, ids):
        return super().decode([int(i) % len(self.vocabulary) if i < 0 else int(i) for i in ids])
