"""log_prob is in bits."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        return super().log_prob(words) / math.log(2)

    def perplexity(self, words):
        return 2 ** (-self.log_prob(words) / len(words))
