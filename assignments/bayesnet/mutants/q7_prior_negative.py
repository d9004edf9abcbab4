"""Negative beliefs are cut to 0."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        prior = np.asarray(prior, dtype=float)
        return super().update(np.where(prior < 0, 0, prior), word)
