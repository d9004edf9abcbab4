"""update also moves the model's own prior."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        belief = super().update(prior, word)
        self._log_prior = np.log(np.maximum(belief, 1e-300))
        return belief
