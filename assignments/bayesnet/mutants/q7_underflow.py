"""Probabilities are multiplied until nothing is left of them."""

question = "q7"


class TopicNet(TopicNet):
    def posterior(self, words):
        columns = [self._column[w] for w in _words(words) if w in self._column]
        likelihood = self.net.cpts["word"][:, columns].prod(axis=1)
        with np.errstate(invalid="ignore"):
            weights = self.net.cpts["topic"] * likelihood
            return weights / weights.sum()
