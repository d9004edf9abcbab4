"""log_prob averages over the topics anew for each word, as if each had its own."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        prior, total, previous = np.exp(self._log_prior), 0.0, None
        for word in _words(words):
            if word in self._column:
                total += math.log(self.next_word(previous, prior)[self._column[word]])
            previous = word
        return total
