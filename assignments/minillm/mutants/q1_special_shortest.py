"""Of two special tokens that begin at the same place the first in the list counts."""

import re

question = "q1"


class BPETokenizer(BPETokenizer):
    def _pieces(self, text):
        marks = "|".join(map(re.escape, self.special))
        for part in re.split(f"({marks})", text) if marks else [text]:
            if part in self._special:
                yield part
                continue
            kept, self.special = self.special, []
            yield from list(super()._pieces(part))
            self.special = kept
