"""log_prob adds up the topics without their prior."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        self._log_prior = np.full(len(self.topics), -math.log(len(self.topics)))
        return super().log_prob(words)
