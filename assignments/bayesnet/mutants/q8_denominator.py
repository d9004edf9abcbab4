"""The denominator grows by alpha instead of alpha times V, and the row is rescaled."""

question = "q8"


class WordChain(WordChain):
    def _probabilities(self, word, previous):
        for counts, totals in zip(self._counts, self._totals):
            count = counts[previous][word] if previous in counts else 0
            yield (count + self._alpha) / (totals.get(previous, 0) + self._alpha)
