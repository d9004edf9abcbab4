"""A word outside the vocabulary counts as one with no occurrences in any topic."""

question = "q7"


_right_fit_topic_net = fit_topic_net


class TopicNet(TopicNet):
    def _evidence(self, words):
        unknown = sum(w not in self._column for w in words)
        return super()._evidence(words) + unknown * self._unknown


def fit_topic_net(documents, labels, alpha):
    model = _right_fit_topic_net(documents, labels, alpha)
    sizes = [
        sum(len(_words(d)) for d, label in zip(documents, labels) if label == t)
        for t in model.topics
    ]
    model._unknown = np.log(alpha / (np.array(sizes) + alpha * len(model.vocabulary)))
    return model
