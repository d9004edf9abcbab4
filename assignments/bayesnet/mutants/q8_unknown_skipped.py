"""The word after an unknown one follows the last known word."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        return super().log_prob([w for w in _words(words) if w in self._column])
