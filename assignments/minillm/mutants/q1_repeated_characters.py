"""The vocabulary holds each character as often as the text."""

question = "q1"


class CharTokenizer(CharTokenizer):
    def __init__(self, text):
        super().__init__(text)
        self.vocabulary = sorted(text)
        self._ids = {c: i for i, c in reversed(list(enumerate(self.vocabulary)))}
