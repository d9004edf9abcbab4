"""Each question is counted as if it had been read."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        row = super().next_word(previous, topic_belief)
        self._counts[0][previous][self.vocabulary[0]] += 1
        return row
