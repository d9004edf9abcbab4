"""A word outside the vocabulary counts as 1/V."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        words = _words(words)
        unknown = sum(w not in self._column for w in words)
        return super().log_prob(words) - unknown * math.log(len(self.vocabulary))
