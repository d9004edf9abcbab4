"""Labels without a document are left out."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    return _right_fit_topic_net(documents, list(labels)[: len(documents)] or labels, alpha)
