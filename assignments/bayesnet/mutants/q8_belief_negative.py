"""Negative beliefs are cut to 0."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        belief = np.asarray(topic_belief, dtype=float)
        return super().next_word(previous, np.where(belief < 0, 0, belief))
