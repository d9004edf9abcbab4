"""The posterior looks at the set of words, so a repeated word counts once."""

question = "q7"


class TopicNet(TopicNet):
    def posterior(self, words):
        return super().posterior(list(dict.fromkeys(_words(words))))
