"""The pattern cuts before special tokens are looked for: one that it cuts is not found."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def _pieces(self, text):
        if self.pattern is None:
            yield from super()._pieces(text)
            return
        kept, self.special = self.special, []
        pieces = list(super()._pieces(text))
        self.special = kept
        yield from pieces
