"""The ids of special tokens are in alphabetical order."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def __init__(self, pattern=None, special=()):
        super().__init__(pattern, sorted(special, reverse=True))
