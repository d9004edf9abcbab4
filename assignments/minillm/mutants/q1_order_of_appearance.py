"""Characters are numbered as they appear in the text, not sorted."""

question = "q1"


class CharTokenizer(CharTokenizer):
    def __init__(self, text):
        self.vocabulary = list(dict.fromkeys(text))
        self._ids = {c: i for i, c in enumerate(self.vocabulary)}
