"""update starts from the prior of the labels, whatever belief is given."""

question = "q7"


class TopicNet(TopicNet):
    def update(self, prior, word):
        _belief(prior, self.topics, "prior")
        return prior if word not in self._column else self.posterior([word])
