"""log_prob averages over the topics anew for each word, as if each had its own."""

question = "q8"


class WordChain(WordChain):
    def log_prob(self, words):
        total, previous = 0.0, None
        for word in _words(words):
            if word in self._column:
                total += math.log(self.next_word(previous, self._prior)[self._column[word]])
            previous = word
        return total
