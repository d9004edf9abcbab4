"""next_word uses the most likely topic only."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        belief = _belief(topic_belief, self.topics, "topic_belief")
        return super().next_word(previous, np.arange(len(belief)) == belief.argmax())
