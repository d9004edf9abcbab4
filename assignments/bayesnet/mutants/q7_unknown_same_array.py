"""After an unknown word the caller's own array comes back."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        belief = super().update(prior, word)
        same = isinstance(prior, np.ndarray) and np.allclose(belief, prior)
        return prior if same and word not in self.vocabulary else belief
