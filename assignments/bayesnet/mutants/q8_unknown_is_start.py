"""An unknown word before is treated like the beginning of a document."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        known = previous if previous in self._column else None
        return super().next_word(known, topic_belief)
