"""After a word that was never seen nothing follows."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        row = super().next_word(previous, topic_belief)
        return row if self._totals[self._row(previous)].any() else np.zeros_like(row)
