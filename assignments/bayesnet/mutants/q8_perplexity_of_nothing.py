"""The perplexity of no words is 1."""

question = "q8"


class WordChain(WordChain):
    def perplexity(self, words):
        return super().perplexity(words) if _words(words) else 1.0
