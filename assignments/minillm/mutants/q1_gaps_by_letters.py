"""What lies between two matches is cut into letters, not kept as a piece."""

import re

question = "q1"


class BPETokenizer(BPETokenizer):
    def _pieces(self, text):
        for piece in super()._pieces(text):
            known = self.pattern is None or piece in self._special
            if known or re.search(self.pattern, piece):
                yield piece
            else:
                yield from piece
