"""A belief without mass is taken for a uniform one."""

question = "q8"


class WordChain(WordChain):
    def next_word(self, previous, topic_belief):
        belief = np.asarray(topic_belief, dtype=float)
        return super().next_word(previous, belief if belief.any() else np.ones_like(belief))
