"""A small number is added to the prior, against log 0."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        prior = np.asarray(prior, dtype=float)
        if prior.shape == (len(self.topics),) and prior.any() and (prior >= 0).all():
            prior = prior + 1e-10
        return super().update(prior, word)
