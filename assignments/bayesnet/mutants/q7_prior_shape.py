"""A prior of another shape is broadcast."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        prior = np.asarray(prior, dtype=float)
        if prior.shape != (len(self.topics),):
            prior = np.resize(prior, len(self.topics))
        return super().update(prior, word)
