"""A word outside the vocabulary makes a text impossible."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        words = _words(words)
        return super().log_prob(words) if all(w in self._column for w in words) else -math.inf
