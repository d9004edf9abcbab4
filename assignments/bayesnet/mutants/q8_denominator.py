"""The denominator grows by alpha instead of alpha times V, and the row is rescaled."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        known = [w for w in _words(words) if w in self._column]
        logs, previous = self._log_prior.copy(), None
        for word in known:
            for k in range(len(self.topics)):
                p = super().next_word(previous, np.eye(len(self.topics))[k])[self._column[word]]
                total = self._totals[self._row(previous), k]
                count = p * (total + self.alpha * len(self.vocabulary))
                logs[k] += math.log(count / (total + self.alpha))
            previous = word
        return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))
