"""After an unknown word the belief comes back as it was given, whatever its sum."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        belief = super().update(prior, word)
        return belief if word in self.vocabulary else np.array(prior, dtype=float)
