"""After a word that was never seen nothing follows."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        row = super().next_word(previous, topic_belief)
        seen = any(totals.get(previous) for totals in self._totals)
        return row if seen else np.zeros_like(row)
