"""Words are made lower case before they are counted."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    lower = [[word.lower() for word in _words(document)] for document in documents]
    return _right_fit_topic_net(lower, labels, alpha)
