"""A string is read letter by letter in posterior."""

question = "q7"


class TopicNet(TopicNet):
    def posterior(self, words):
        return super().posterior(list(words))
