"""A belief that does not sum to 1 gives a distribution that does not either."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        return super().next_word(previous, topic_belief) * np.sum(topic_belief)
