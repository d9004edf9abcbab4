"""What the pattern does not cover is lost."""

import re

question = "q1"


class BPETokenizer(BPETokenizer):
    def _pieces(self, text):
        for piece in super()._pieces(text):
            known = self.pattern is None or piece in self._special
            if known or re.fullmatch(self.pattern, piece):
                yield piece
