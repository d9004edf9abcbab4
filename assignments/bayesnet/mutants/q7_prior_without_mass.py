"""A prior without mass is taken for a uniform one."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        prior = np.asarray(prior, dtype=float)
        return super().update(np.ones_like(prior) if not prior.any() else prior, word)
