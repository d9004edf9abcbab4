"""log_prob takes the logarithm of a product that has become 0."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        right = super().log_prob(words)
        with np.errstate(divide="ignore"):
            return float(np.log(np.exp(right)))
