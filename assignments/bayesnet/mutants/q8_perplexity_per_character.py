"""Perplexity is per character."""

question = "q8"


class WordChain(WordChain):
    def perplexity(self, words):
        words = _words(words)
        if not words:
            raise ValueError("words must not be empty")
        return math.exp(-self.log_prob(words) / len(" ".join(words)))
