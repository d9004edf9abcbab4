"""A string is read letter by letter in log_prob."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        return super().log_prob(list(words))
