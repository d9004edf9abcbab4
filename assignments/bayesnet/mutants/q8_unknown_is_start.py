"""An unknown word before is treated like the beginning of a document."""

question = "q8"


class WordChain(WordChain):
    def _row(self, previous):
        return self._column.get(previous, len(self.vocabulary))
