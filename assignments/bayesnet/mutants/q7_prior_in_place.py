"""The belief is written into the array of the caller."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        belief = super().update(prior, word)
        if isinstance(prior, np.ndarray):
            prior[:] = belief
            return prior
        return belief
