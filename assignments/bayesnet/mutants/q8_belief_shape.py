"""A belief of another shape is broadcast."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        return super().next_word(previous, np.resize(topic_belief, len(self.topics)))
