"""Commas at the end of words are taken away."""

question = "q7"


_right_fit = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    bare = [[word.strip(",.;") for word in _words(document)] for document in documents]
    return _right_fit(bare, labels, alpha)
